/** What of a curve decides how high the chart reaches. */
export interface Extent {
  /** The first value, or null before there is one. */
  first: number | null;
  high: number;
  /** The lowest that the curve has been for a few points in a row; Infinity before it is above 0. */
  low: number;
  /** The lowest single value and where it lies; the best so far of a loss. */
  least: { value: number; k: number } | null;
  /** The highest single value and where it lies; the best so far of an accuracy. */
  most: { value: number; k: number } | null;
}

/** A dip of this many points is luck: one lucky batch does not decide how deep the chart goes. */
const LUCK = 2;

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
    }
    this.done = Math.max(this.done, values.length);
    return extent;
  }
}

export function extentOf(values: ArrayLike<number>): Extent {
  return new GrowingExtent().of(values);
}
