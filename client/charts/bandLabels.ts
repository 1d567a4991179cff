/** A stretch of an axis that has a name, in pixels. */
export interface Band {
  from: number;
  to: number;
  /** How wide its name is. */
  width: number;
}

/** Where a band's name stands, in pixels. */
export interface BandLabel {
  left: number;
  right: number;
  /** The middle of the band, to be joined with the name by a line; null where the name stands in it. */
  joined: number | null;
}

/**
 * Places for the names of all bands in one row: each in the middle of its band as far as the others
 * let it, in their order, at least `gap` apart, from `min` to `max`.
 */
export function bandLabels(
  bands: readonly Band[],
  min: number,
  max: number,
  gap: number,
): BandLabel[] {
  const lefts: number[] = [];
  let free = min;
  for (const { from, to, width } of bands) {
    const left = Math.max((from + to - width) / 2, free);
    lefts.push(left);
    free = left + width + gap;
  }
  let limit = max;
  for (let k = bands.length - 1; k >= 0; k--) {
    lefts[k] = Math.min(lefts[k]!, limit - bands[k]!.width);
    limit = lefts[k]! - gap;
  }
  return bands.map(({ from, to, width }, k) => {
    const left = lefts[k]!;
    const right = left + width;
    const middle = (from + to) / 2;
    return { left, right, joined: left < from || right > to ? middle : null };
  });
}
