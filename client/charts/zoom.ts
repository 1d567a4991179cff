import { atFraction, fraction, type Range } from './axis.ts';
import type { Spacing } from './ticks.ts';

/** The part of the whole picture that is shown; null along an axis that shows all of it. */
export interface Zoom {
  x: Range | null;
  y: Range | null;
}

export const WHOLE: Zoom = { x: null, y: null };

/** An axis cannot show less than this part of its whole. */
const CLOSEST = 1 / 50;

/**
 * The range after magnifying by `factor` (above 1 comes closer) about the place that lies at `at`
 * of the axis, 0 for its lower end to 1. Stays within `whole`; null where that is all of it.
 */
export function zoomed(
  range: Range,
  whole: Range,
  spacing: Spacing,
  at: number,
  factor: number,
): Range | null {
  const axis = { spacing, range: whole };
  const low = fraction(axis, range.min);
  const size = fraction(axis, range.max) - low;
  const next = Math.min(Math.max(size / factor, CLOSEST), 1);
  return part(whole, spacing, low + at * (size - next), next);
}

/** The range moved by `by` of its own length. Stays within `whole`. */
export function panned(range: Range, whole: Range, spacing: Spacing, by: number): Range | null {
  const axis = { spacing, range: whole };
  const low = fraction(axis, range.min);
  const size = fraction(axis, range.max) - low;
  return part(whole, spacing, low + by * size, size);
}

/** The range between two places of the one shown, given as parts of it in any order. */
export function between(range: Range, whole: Range, spacing: Spacing, a: number, b: number) {
  const axis = { spacing, range: whole };
  const ends = [a, b].map((at) => fraction(axis, atFraction(spacing, range, at)));
  const low = Math.min(...ends);
  return part(whole, spacing, low, Math.max(Math.max(...ends) - low, CLOSEST));
}

function part(whole: Range, spacing: Spacing, low: number, size: number): Range | null {
  if (size >= 1 - 1e-9) return null;
  const start = Math.min(Math.max(low, 0), 1 - size);
  return {
    min: atFraction(spacing, whole, start),
    max: atFraction(spacing, whole, start + size),
  };
}
