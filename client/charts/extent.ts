/** What of a curve decides how high the chart reaches. */
export interface Extent {
  /** The first value, or null before there is one. */
  first: number | null;
  high: number;
  /**
   * The lowest that the curve has been for a few points in a row, or has come to by falling
   * steadily; Infinity before it is above 0.
   */
  low: number;
  /** The lowest single value and where it lies; the best so far of a loss. */
  least: { value: number; k: number } | null;
  /** The highest single value and where it lies; the best so far of an accuracy. */
  most: { value: number; k: number } | null;
}

/** A dip of this many points is luck: one lucky batch does not decide how deep the chart goes. */
const LUCK = 2;

/** A fall this many times as steep as the one before it, on a log scale, is a dip. */
const STEADY = 2;

/** The extent of a series that grows: what has been looked at is not looked at again. */
export class GrowingExtent {
  private readonly extent: Extent = {
    first: null,
    high: 0,
    low: Infinity,
    least: null,
    most: null,
  };
  private done = 0;

  /** @param values which begin with those given before */
  of(values: ArrayLike<number>): Extent {
    const { extent } = this;
    for (let k = this.done; k < values.length; k++) {
      const value = values[k]!;
      extent.first ??= value;
      if (value > extent.high) extent.high = value;
      if (extent.least === null || value < extent.least.value) extent.least = { value, k };
      if (extent.most === null || value > extent.most.value) extent.most = { value, k };
      let highest = value;
      for (let i = Math.max(0, k - LUCK); i < k; i++) highest = Math.max(highest, values[i]!);
      if (highest > 0 && highest < extent.low) extent.low = highest;
      // A curve without noise would end below the picture if its last points counted as luck.
      if (value < extent.low && fallsSteadilyTo(values, k)) extent.low = value;
    }
    this.done = Math.max(this.done, values.length);
    return extent;
  }
}

/** Whether the last few values up to `k` fall, all above 0 and none of them out of the blue. */
function fallsSteadilyTo(values: ArrayLike<number>, k: number): boolean {
  if (k < LUCK || !(values[k]! > 0)) return false;
  let before = Infinity;
  for (let i = k - LUCK; i < k; i++) {
    const fall = Math.log(values[i]! / values[i + 1]!);
    if (!(fall > 0 && fall <= STEADY * before)) return false;
    before = fall;
  }
  return true;
}

export function extentOf(values: ArrayLike<number>): Extent {
  return new GrowingExtent().of(values);
}
