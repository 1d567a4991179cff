import type { Column } from '../../shared/live/column.ts';
import { BAND_QUANTILES } from '../../shared/protocol/frame.ts';
import { stepsPerEpoch, windowEnd, type RunSettings } from '../../shared/run/settings.ts';
import type { Board } from '../live/board.ts';
import { GrowingExtent, type Extent } from './extent.ts';
import type { Band } from './quantiles.ts';
import type { Reading } from './sessionCurves.ts';
import { Smoothing } from './smoothing.ts';

/** One line of the band as it grows. */
interface Line {
  values: Float32Array;
  smoothing: Smoothing | null;
  extent: GrowingExtent;
}

/**
 * The quantiles of the whole class as the server tells them to a student, who has only some of the
 * curves: drawn behind those.
 */
export class ToldBand {
  private made: { column: Column; reading: string; x: Float32Array; lines: Line[] } | null = null;
  private filled = 0;

  /** @returns the band and how high its lines reach; null where the server has told none */
  of(
    { band: column, grid }: Board,
    settings: RunSettings,
    { metric, unit, memory }: Reading,
  ): { band: Band; extents: Extent[] } | null {
    if (metric !== 'train' || unit === 'seconds' || column.length === 0) return null;
    const reading = `${unit} ${memory}`;
    if (this.made?.column !== column || this.made.reading !== reading) {
      const per = unit === 'epochs' ? stepsPerEpoch(settings) : 1;
      const x = Float32Array.from({ length: grid.windows }, (_, k) => windowEnd(grid, k) / per);
      const lines = BAND_QUANTILES.map(() => ({
        values: new Float32Array(column.capacity),
        smoothing: memory > 0 ? new Smoothing(memory, column.capacity) : null,
        extent: new GrowingExtent(),
      }));
      this.made = { column, reading, x, lines };
      this.filled = 0;
    }
    const { x, lines } = this.made;
    for (; this.filled < column.length; this.filled++) {
      lines.forEach(({ values }, q) => (values[this.filled] = column.at(this.filled, q)));
    }
    const { length } = column;
    const [tenth, quarter, half, upper, top] = lines.map(({ values, smoothing }) => {
      const told = values.subarray(0, length);
      return smoothing ? smoothing.of(told) : told;
    });
    const quantiles: Band['quantiles'] = [tenth!, quarter!, half!, upper!, top!];
    const extents = lines.map(({ extent }, q) => extent.of(quantiles[q]!));
    return { band: { x, length, quantiles, version: length }, extents };
  }
}
