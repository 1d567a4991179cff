import { BAND_QUANTILES, type BandChunk } from '../../shared/protocol/frame.ts';
import { Column } from '../../shared/live/column.ts';
import type { Run } from './run.ts';

/** Share of the living who may still be on their way to a window whose quantiles are told. */
const STRAGGLERS = 0.1;

/**
 * The class's quantiles at each reporting window, so that a student sees among how many it is
 * without everybody's curve. A window is told once nearly everybody has arrived there: a slow
 * phone holds up nobody's picture.
 */
export class Band {
  private readonly values: Column;

  constructor(private readonly run: Run) {
    this.values = new Column(run.grid.windows, BAND_QUANTILES.length);
  }

  /** All that has been told so far, or null. */
  get whole(): BandChunk | null {
    return this.values.length > 0 ? { from: 0, values: this.values.slice(0) } : null;
  }

  /** The quantiles of at most `most` further windows, or null where there are none. */
  take(most: number): BandChunk | null {
    const from = this.values.length;
    const to = Math.min(this.reached(), from + most);
    for (let k = from; k < to; k++) {
      const quantiles = this.at(k);
      if (!quantiles) break;
      this.values.append(k, quantiles);
    }
    return this.values.length > from ? { from, values: this.values.slice(from) } : null;
  }

  /** Windows that all have but a few stragglers. */
  private reached(): number {
    const lengths: number[] = [];
    for (const { losses, divergedAt } of this.run.all) {
      if (divergedAt === null && losses.length > 0) lengths.push(losses.length);
    }
    lengths.sort((a, b) => a - b);
    return lengths[Math.floor(lengths.length * STRAGGLERS)] ?? 0;
  }

  /** By the nearest rank, of those who have a loss at window `k`; null where nobody has. */
  private at(k: number): Float32Array | null {
    const losses: number[] = [];
    for (const entry of this.run.all) {
      if (entry.losses.length > k) losses.push(entry.losses.at(k));
    }
    if (losses.length === 0) return null;
    const sorted = Float32Array.from(losses).sort();
    return Float32Array.from(
      BAND_QUANTILES,
      (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!,
    );
  }
}
