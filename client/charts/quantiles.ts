import { BAND_QUANTILES } from '../../shared/protocol/frame.ts';

/** Where the curves of a large class lie: quantiles of all values at each reporting window. */
export interface Band {
  x: ArrayLike<number>;
  /** Windows for which the quantiles are known. */
  length: number;
  /** One line for each of `BAND_QUANTILES`, the lowest first. */
  quantiles: readonly Float32Array[];
  /** Grows when any of the quantiles has changed. */
  version: number;
}

/** The value at `level`, 0 to 1, of `count` values in rising order, between two where it falls there. */
export function quantile(sorted: ArrayLike<number>, count: number, level: number): number {
  const place = level * (count - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, count - 1)]!;
  return low + (high - low) * (place - below);
}

/** Works quantiles out where new values have come, and keeps the others. */
export class Quantiles {
  private readonly quantiles: Band['quantiles'];
  /** How many curves had a value at each window when its quantiles were worked out. */
  private readonly counts: Uint16Array;
  private scratch = new Float32Array(0);
  private version = 0;

  /** @param capacity windows at the most */
  constructor(capacity: number) {
    this.quantiles = BAND_QUANTILES.map(() => new Float32Array(capacity));
    this.counts = new Uint16Array(capacity);
  }

  /**
   * @param curves values of each curve, which begin with those given before
   * @returns the band, as long as at least half of the curves are: what the fastest few have done
   *   says nothing about the class
   */
  of(curves: readonly Float32Array[], x: ArrayLike<number>): Band {
    if (this.scratch.length < curves.length) this.scratch = new Float32Array(curves.length);
    const lengths = curves.map(({ length }) => length).sort((a, b) => a - b);
    const length = lengths[lengths.length >> 1] ?? 0;
    for (let k = 0; k < length; k++) {
      let here = 0;
      for (const curve of curves) if (curve.length > k) here++;
      if (this.counts[k] !== here) this.settle(curves, k, here);
    }
    return { x, length, quantiles: this.quantiles, version: this.version };
  }

  private settle(curves: readonly Float32Array[], k: number, count: number): void {
    let filled = 0;
    for (const curve of curves) if (curve.length > k) this.scratch[filled++] = curve[k]!;
    const sorted = this.scratch.subarray(0, filled).sort();
    BAND_QUANTILES.forEach((level, i) => (this.quantiles[i]![k] = quantile(sorted, filled, level)));
    this.counts[k] = count;
    this.version++;
  }
}
