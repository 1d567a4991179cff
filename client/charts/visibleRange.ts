import { roundDown, roundUp, type Spacing } from './ticks.ts';

/** What of a curve decides how high the chart reaches. */
export interface Extent {
  /** Losses so far, one a reporting window. */
  values: ArrayLike<number>;
  diverged: boolean;
}

/** Ends of the loss axis; on a log axis both are above 0. */
export interface Range {
  min: number;
  max: number;
}

/**
 * A curve above this multiple of the loss at the start is on its way out and may leave the picture:
 * everybody starts from the same loss, and learning leads below it.
 */
const HEADROOM: Record<Spacing, number> = { linear: 4, log: 10 };

/** A log axis that reaches deeper than this shows rounding errors. */
const DECADES = 12;

/** A dip of this many points is luck. */
const LUCK = 2;

const EMPTY: Record<Spacing, Range> = { linear: { min: 0, max: 1 }, log: { min: 0.01, max: 1 } };

/**
 * The loss axis that shows every living curve. Diverged curves leave at the top and never squeeze
 * the others flat: on a linear axis they count only when nobody else is left, on a log axis they
 * add a decade at the most.
 */
export function visibleRange(curves: readonly Extent[], spacing: Spacing): Range {
  const begun = curves.filter(({ values }) => values.length > 0);
  const living = begun.filter(({ diverged }) => !diverged);
  // A log axis has room for the way out of those who diverge; a linear one would flatten the rest.
  const shown = living.length > 0 && spacing === 'linear' ? living : begun;
  const start = median(begun.map(({ values }) => values[0]!).filter((value) => value > 0));
  const ceiling = start === null ? Infinity : start * HEADROOM[spacing];

  let high = 0;
  let low = Infinity;
  for (const { values } of shown) {
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      if (value > high) high = value;
      const highest = highestUpTo(values, k);
      if (highest > 0 && highest < low) low = highest;
    }
  }
  if (high === 0) return EMPTY[spacing];
  const top = Math.min(high, ceiling);
  if (spacing === 'linear') return { min: 0, max: top * 1.04 };
  const max = roundUp(top);
  const bottom = Math.max(Math.min(low, top / 2), max / 10 ** DECADES, Number.MIN_VALUE * 1e20);
  return { min: Math.min(roundDown(bottom), max / 10), max };
}

/** The highest of a few values up to `k`: one lucky batch does not decide how deep the chart goes. */
function highestUpTo(values: ArrayLike<number>, k: number): number {
  let highest = 0;
  for (let i = Math.max(0, k - LUCK); i <= k; i++) highest = Math.max(highest, values[i]!);
  return highest;
}

function median(values: number[]): number | null {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? null;
}
