/** The workshop's two points on f(x) = 2x + 1, as its handout draws them. */
export const WORKSHOP: Points = {
  x: [0.3745401188473625, 0.9507143064099162],
  y: [1.749080237694725, 2.9014286128198323],
};

/** Where the workshop's perceptron starts. */
export const WORKSHOP_START = { w: 0.6476885381006925, b: 1.5230298564080254 };

/** Points (x, y) of a function of one variable. */
export interface Points {
  x: readonly number[];
  y: readonly number[];
}
