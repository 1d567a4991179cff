/** Dashes by which curves are told apart without colour, in widths of a line. */
const DASHES: readonly (readonly number[])[] = [[], [5, 3], [1, 2], [7, 2, 1, 2]];

/** The dashes of curves by learning rate: neighbours, which are the ones to cross, never have the same. */
export function dashesOf(rates: readonly number[]): Map<number, readonly number[]> {
  const rising = [...new Set(rates)].sort((a, b) => a - b);
  return new Map(rising.map((rate, k) => [rate, DASHES[k % DASHES.length]!]));
}
