import type { Spacing } from './ticks.ts';
import type { Range } from './visibleRange.ts';

/** Maps values of an axis to pixels and back; `from` and `to` are where its ends lie. */
export interface Axis {
  spacing: Spacing;
  range: Range;
  from: number;
  to: number;
}

/** Where `value` lies, in pixels; a log axis shows what is not above 0 at its lower end. */
export function position(axis: Axis, value: number): number {
  return axis.from + fraction(axis, value) * (axis.to - axis.from);
}

function fraction({ spacing, range: { min, max } }: Axis, value: number): number {
  if (max === min) return 0.5;
  if (spacing === 'linear') return (value - min) / (max - min);
  return Math.log(Math.max(value, min) / min) / Math.log(max / min);
}
