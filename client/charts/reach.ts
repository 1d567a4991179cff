/**
 * The index of the first value that is not above `target`, or null where none is yet. With it a
 * class compares how many steps each learning rate needed.
 */
export function firstAtMost(values: ArrayLike<number>, target: number): number | null {
  for (let k = 0; k < values.length; k++) if (values[k]! <= target) return k;
  return null;
}
