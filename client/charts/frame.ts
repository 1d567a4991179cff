import { atFraction, fraction, type Axis, type Range } from './axis.ts';
import { ticks, type Spacing } from './ticks.ts';

/** A place on an axis that is named. */
export interface Tick {
  value: number;
  /** In pixels. */
  at: number;
  label: string;
}

/** One axis as it is asked for. */
export interface AxisWish {
  spacing: Spacing;
  range: Range;
  title: string;
  label: (value: number) => string;
}

/** Where the plot lies within its box and what stands along its edges; lengths in CSS pixels. */
export interface Frame {
  width: number;
  height: number;
  font: number;
  x: Axis & { ticks: Tick[]; title: string };
  y: Axis & { ticks: Tick[]; title: string };
  /** A second axis above the plot, or null. */
  top: { ticks: Tick[]; title: string } | null;
}

/** From the first tick of a horizontal axis to its title, which stands in the same row, in heights of the font. */
export const TITLE_APART = 1;

/** Room that a tick label needs, in heights of the font. */
const APART = { x: 4.5, y: 3, top: 3 };

/**
 * Lays out the axes of a chart.
 * @param perEpoch steps of an epoch, where whole epochs are named above the plot, or null
 * @param textWidth width of a text in the chart's font
 * @param names room for names of curves at the right of the plot and above it
 */
export function layoutFrame(
  size: { width: number; height: number },
  font: number,
  wishes: { x: AxisWish; y: AxisWish },
  top: { title: string; perEpoch: number; label: (value: number) => string } | null,
  textWidth: (text: string) => number,
  names = { right: 0, above: 0 },
): Frame {
  const y: Axis = {
    spacing: wishes.y.spacing,
    range: wishes.y.range,
    from: size.height - font * 2,
    to: font * (top ? 2 : 1) + names.above,
  };
  const yTicks = named(y, font * APART.y, wishes.y.label);
  const widest = Math.max(font * 2, ...yTicks.map(({ label }) => textWidth(label)));
  const titled = Math.max(textWidth(wishes.x.title), top ? textWidth(top.title) : 0);
  const x: Axis = {
    spacing: wishes.x.spacing,
    range: wishes.x.range,
    from: Math.ceil(Math.max(widest + font * 2.2, titled + font * TITLE_APART)),
    to: Math.max(size.width - Math.max(font * 1.6, names.right), widest + font * 4),
  };
  const epochs = top && {
    title: top.title,
    ticks: epochTicks(x, top.perEpoch, font * APART.top, top.label),
  };
  return {
    ...size,
    font,
    x: { ...x, title: wishes.x.title, ticks: named(x, font * APART.x, wishes.x.label) },
    y: { ...y, title: wishes.y.title, ticks: yTicks },
    top: epochs,
  };
}

function named(axis: Axis, apart: number, label: (value: number) => string): Tick[] {
  return axisTicks(axis, apart).map(({ value, at }) => ({ value, at, label: label(value) }));
}

/** Ticks of an axis, at least `apart` pixels from one another where it is linear. */
export function axisTicks(axis: Axis, apart: number): { value: number; at: number }[] {
  const length = axis.to - axis.from;
  const most = Math.max(2, Math.floor(Math.abs(length) / apart));
  const { min, max } = axis.range;
  return ticks(axis.spacing, min, max, most).map((value) => ({
    value,
    at: axis.from + fraction(axis, value) * length,
  }));
}

/** Whole epochs along an axis of steps. */
function epochTicks(
  x: Axis,
  perEpoch: number,
  apart: number,
  label: (value: number) => string,
): Tick[] {
  const range = { min: x.range.min / perEpoch, max: x.range.max / perEpoch };
  return named({ ...x, range }, apart, label).filter(({ value }) => Number.isInteger(value));
}

/** A range that is `by` of itself longer at its upper end, so that its last point has air. */
export function withAir({ min, max }: Range, spacing: Spacing, by: number): Range {
  return { min, max: atFraction(spacing, { min, max }, 1 + by) };
}
