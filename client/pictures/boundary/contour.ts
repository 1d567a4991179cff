/** A piece of a line, from (x1, y1) to (x2, y2). */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * Where a field crosses a level, by marching squares: a piece of line in each cell whose corners
 * lie on both sides, its ends set by linear interpolation. Values are known in the middles of
 * side × side unit squares, row by row; x grows along a row, y from row to row, both from 0 to
 * side. Beyond the outermost middles the field goes on as it is there.
 */
export function contour(values: ArrayLike<number>, side: number, level: number): Segment[] {
  const segments: Segment[] = [];
  const within = (k: number) => Math.min(Math.max(k, 0), side - 1);
  /** How far above the level the field is at column i, row j. */
  const above = (i: number, j: number) => values[within(j) * side + within(i)]! - level;
  const place = (k: number) => Math.min(Math.max(k + 0.5, 0), side);

  for (let j = -1; j < side; j++) {
    for (let i = -1; i < side; i++) {
      const [left, right, top, bottom] = [place(i), place(i + 1), place(j), place(j + 1)];
      const corners = [above(i, j), above(i + 1, j), above(i + 1, j + 1), above(i, j + 1)] as const;
      const [a, b, c, d] = corners;
      const crossings: [number, number][] = [];
      if (a > 0 !== b > 0) crossings.push([mix(left, right, a, b), top]);
      if (b > 0 !== c > 0) crossings.push([right, mix(top, bottom, b, c)]);
      if (c > 0 !== d > 0) crossings.push([mix(right, left, c, d), bottom]);
      if (d > 0 !== a > 0) crossings.push([left, mix(bottom, top, d, a)]);
      // A saddle has four crossings: the middle says which of them belong together.
      const turned = crossings.length === 4 && a + b + c + d > 0 === a > 0;
      const order = turned ? [0, 1, 2, 3] : [3, 0, 1, 2];
      const ends = crossings.length === 4 ? order.map((k) => crossings[k]!) : crossings;
      for (let k = 0; k + 1 < ends.length; k += 2) segments.push([...ends[k]!, ...ends[k + 1]!]);
    }
  }
  return segments;
}

/** Where between `from` and `to` a value goes through 0 that is `a` at one and `b` at the other. */
function mix(from: number, to: number, a: number, b: number): number {
  return from + ((to - from) * a) / (a - b);
}
