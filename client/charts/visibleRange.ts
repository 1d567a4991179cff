import type { Range } from './axis.ts';
import type { Extent } from './extent.ts';
import { roundDown, roundUp, type Spacing } from './ticks.ts';

/** What of a curve the loss axis depends on. */
export interface Reach {
  extent: Extent;
  diverged: boolean;
}

/**
 * A curve above this multiple of the loss at the start is on its way out and may leave the picture:
 * everybody starts from the same loss, and learning leads below it.
 */
const HEADROOM: Record<Spacing, number> = { linear: 4, log: 10 };

/**
 * Decades of a log axis where it is clipped: the best rate of a short run of the straight line gets
 * so far down, and further down all that learns slowly would lie on one line at the top.
 */
const DECADES = 18;

const EMPTY: Record<Spacing, Range> = { linear: { min: 0, max: 1 }, log: { min: 0.01, max: 1 } };

/**
 * The loss axis that shows every living curve. Clipped, diverged curves leave at the top and never
 * squeeze the others flat: on a linear axis they count only when nobody else is left, on a log axis
 * they add a decade at the most. Not clipped, every point is in the picture.
 */
export function visibleRange(curves: readonly Reach[], spacing: Spacing, clip = true): Range {
  const begun = curves.filter(({ extent }) => extent.first !== null);
  const living = begun.filter(({ diverged }) => !diverged);
  // A log axis has room for the way out of those who diverge; a linear one would flatten the rest.
  const shown = clip && living.length > 0 && spacing === 'linear' ? living : begun;
  const start = median(begun.map(({ extent }) => extent.first!).filter((value) => value > 0));
  const ceiling = clip && start !== null ? start * HEADROOM[spacing] : Infinity;
  const high = shown.reduce((highest, { extent }) => Math.max(highest, extent.high), 0);
  const low = shown.reduce((lowest, { extent }) => Math.min(lowest, extent.low), Infinity);
  if (high === 0) return EMPTY[spacing];
  const top = Math.min(high, ceiling);
  if (spacing === 'linear') return { min: 0, max: top * 1.04 };
  const max = roundUp(top);
  const deepest = clip ? max / 10 ** DECADES : 0;
  const bottom = Math.max(Math.min(low, top / 2), deepest, Number.MIN_VALUE * 1e20);
  return { min: Math.min(roundDown(bottom), max / 10), max };
}

function median(values: number[]): number | null {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? null;
}
