import { rankingSpan } from '../../shared/run/ranking.ts';
import type { RunSettings } from '../../shared/run/settings.ts';

/**
 * The exponential moving average of a series that grows, freed from the bias towards 0 with which
 * it starts (Kingma and Ba, Adam, section 3). Mini-batches make the loss jump; this shows where it
 * goes. What has been averaged once is kept, so that a new point costs one step.
 */
export class Smoothing {
  private readonly averaged: Float32Array;
  private done = 0;
  private average = 0;
  private weight = 0;

  /**
   * @param memory share of the past in each average, 0 to below 1
   * @param capacity values at the most
   */
  constructor(
    readonly memory: number,
    capacity: number,
  ) {
    this.averaged = new Float32Array(capacity);
  }

  /** The averages of `values`, which begin with those given before; a window, not to be kept. */
  of(values: ArrayLike<number>): Float32Array {
    const { memory } = this;
    for (let k = this.done; k < values.length; k++) {
      this.average = memory * this.average + (1 - memory) * values[k]!;
      this.weight = memory * this.weight + (1 - memory);
      this.averaged[k] = this.average / this.weight;
    }
    this.done = Math.max(this.done, values.length);
    return this.averaged.subarray(0, values.length);
  }
}

/** About ten points count, as in the ranking. */
const USUAL_MEMORY = 0.9;

/** Where nobody has chosen: mini-batches are smoothed, a full batch needs none. */
export function usualMemory(settings: RunSettings): number {
  return rankingSpan(settings) > 1 ? USUAL_MEMORY : 0;
}
