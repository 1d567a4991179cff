/** How quantities are written, the same in every language. */
export const SYMBOL = {
  weight: 'w',
  bias: 'b',
  cost: 'C',
  input: 'x',
  output: 'ŷ',
  target: 'y',
  count: 'n',
  sum: 'Σ',
  change: 'd',
} as const;
