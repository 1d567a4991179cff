import { position, valueAt, type Axis } from './axis.ts';
import type { Curve, Metric } from './curves.ts';
import type { Pointing } from './curvePlot.ts';
import type { Frame } from './frame.ts';
import type { Point } from './gestures.ts';
import { valuesAt, type Met } from './valuesAt.ts';

/** What a place in the chart says. */
export interface Tip {
  /** Where the line through the curves stands on the x axis, in its unit; null for a curve's end. */
  x: number | null;
  /** All curves there, the best first; only the one for a curve's end. */
  met: readonly Met[];
  focused: number | null;
  /** In CSS pixels of the plot. */
  at: Point;
  width: number;
  height: number;
}

/** What a chart is pointed at with. */
export interface Cursor {
  /** Where the pointer is, or null. */
  pointer: Point | null;
  /** The value that the keyboard has come to, or null. */
  key: { participant: number; k: number } | null;
  /** The participant that stands out, whatever points at it. */
  focused: number | null;
}

/** What is to be said at the cursor, or at the end of the curve that stands out. */
export function findTip(
  { pointer, key, focused }: Cursor,
  shown: readonly Curve[],
  frame: Frame,
  metric: Metric,
): Tip | null {
  const { width, height, x, y } = frame;
  const within = (pixel: number) => Math.min(Math.max(pixel, y.to), y.from);
  if (pointer && pointer.x >= x.from && pointer.x <= x.to + 1) {
    const place = valueAt(x, Math.min(pointer.x, x.to));
    const met = valuesAt(shown, place, metric);
    const at = { x: pointer.x, y: within(pointer.y) };
    return met.length === 0 ? null : { x: place, met, focused, at, width, height };
  }
  const curve = shown.find(({ participant }) => participant === focused);
  if (!curve || curve.y.length === 0) return null;
  const last = curve.y.length - 1;
  const byKey = key?.participant === focused;
  const place = curve.x[byKey ? Math.min(key.k, last) : last]!;
  const met = valuesAt(byKey ? shown : [curve], place, metric);
  const own = met.find((one) => one.curve === curve);
  if (!own) return null;
  const at = { x: position(x, place), y: within(position(y, own.value)) };
  if (at.x < x.from - 1 || at.x > x.to + 1) return null;
  return { x: byKey ? place : null, met, focused, at, width, height };
}

/**
 * Where the value lies that is being read, be it outside of the picture: what the pointer is at, the
 * value of the keyboard, or the end of the curve that stands out.
 */
export function placeRead(
  { pointer, key, focused }: Cursor,
  shown: readonly Curve[],
  { x, y }: { x: Axis; y: Axis },
): Point | null {
  if (pointer) return pointer;
  const curve = shown.find(({ participant }) => participant === focused);
  if (!curve || curve.y.length === 0) return null;
  const last = curve.y.length - 1;
  const k = key?.participant === focused ? Math.min(key.k, last) : last;
  return { x: position(x, curve.x[k]!), y: position(y, curve.y[k]!) };
}

/** The marks of a tip: a line through the curves, and a dot on the one that stands out. */
export function pointingOf(tip: Tip | null, frame: Frame): Omit<Pointing, 'box'> {
  if (!tip) return { point: null, cursor: null };
  const cursor = tip.x === null ? null : tip.at.x;
  const met = tip.met.find(({ curve }) => curve.participant === tip.focused);
  if (!met) return { point: null, cursor };
  const x = position(frame.x, met.curve.x[met.k]!);
  const y = position(frame.y, met.value);
  const isInside = y >= frame.y.to - 1 && y <= frame.y.from + 1;
  return { point: isInside ? { x, y, colour: met.curve.colour } : null, cursor };
}
