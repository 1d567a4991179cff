import type { GoodRates } from '../../shared/run/judgement.ts';
import { mostLabels, spreadLabels } from './spreadLabels.ts';
import { chosen, telling, type Told } from './telling.ts';

/** Where a curve ends in a picture, or where the cross of a diverged one stands. */
export interface CurveEnd extends Told {
  x: number;
  y: number;
  /** Its name. */
  text: string;
}

/** A name and the line that leads to it from its curve; lengths as those of the ends. */
export interface EndName {
  text: string;
  x: number;
  /** Of the letters' foot. */
  y: number;
  anchor: 'start' | 'middle';
  /** Degrees by which it is turned about its place, against the clock. */
  turn: number;
  lead: readonly { x: number; y: number }[];
}

/** Ends of a plot, the foot of the row of names above its crosses, and how far to the right that goes. */
export interface NamedPlot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  row: number;
  edge: number;
}

/** In heights of the letters: a row, a digit's width, what leads to one column or two, the air about names. */
const ROW = 1.08;
const DIGIT = 0.64;
const LEAD = [0, 1.1, 2.2];
const AIR = 0.45;
/** Names above that have no room side by side are turned: then they need no more than their height. */
const TURN = { degrees: 60, rise: Math.sin(Math.PI / 3), run: Math.cos(Math.PI / 3) };

/** How the names of some ends are set about a plot of that size. */
function setting(
  ends: readonly Omit<CurveEnd, 'x' | 'y'>[],
  size: { width: number; height: number },
  font: number,
) {
  const textsOf = (isGone: boolean) => [
    ...new Set(ends.flatMap(({ gone, text }) => (gone === isGone ? text : []))),
  ];
  const widest = (texts: readonly string[]) =>
    Math.max(0, ...texts.map(({ length }) => length)) * DIGIT * font;
  const [held, gone] = [textsOf(false), textsOf(true)];
  const goneWidth = widest(gone);
  return {
    heldWidth: widest(held),
    goneWidth,
    columns: held.length > mostLabels(0, size.height, ROW * font) ? 2 : 1,
    isTurned: gone.length > mostLabels(0, size.width, goneWidth + AIR * font),
  };
}

/**
 * The room that the names of all ends take at the right of a plot about as large as `size`, and
 * above its crosses.
 */
export function namesRoom(
  ends: readonly Omit<CurveEnd, 'x' | 'y'>[],
  size: { width: number; height: number },
  font: number,
): { right: number; above: number } {
  const { heldWidth, goneWidth, columns, isTurned } = setting(ends, size, font);
  const rise = ROW * font + (isTurned ? goneWidth * TURN.rise : 0);
  return {
    right: heldWidth === 0 ? 0 : LEAD[columns]! * font + columns * (heldWidth + AIR * font),
    above: goneWidth === 0 ? 0 : LEAD[1]! * font + rise,
  };
}

/**
 * Names for the ends of curves: of those that arrived at the right of the plot, in two columns where
 * one has not room for all, of those that diverged above their crosses. Where even so not all have
 * room, those are named that teach the most. Curves of the same name are one for whoever reads it.
 * @param font height of the letters
 * @param good learning rates that were good, where that can be told
 */
export function endNames(
  ends: readonly CurveEnd[],
  plot: NamedPlot,
  font: number,
  good: GoodRates | null,
): EndName[] {
  const size = { width: plot.right - plot.left, height: plot.bottom - plot.top };
  const set = setting(ends, size, font);
  const first = telling(ends, good);
  const some = (isGone: boolean, most: number) =>
    chosen(different(ends.filter(({ gone }) => gone === isGone)), first, most);

  // Of two columns, one has its names in the height of the other's gaps.
  const below = (ROW * font) / set.columns;
  const held = some(false, mostLabels(plot.top, plot.bottom, below));
  const row = set.isTurned ? (ROW * font) / TURN.rise : set.goneWidth + AIR * font;
  const over = set.isTurned ? set.goneWidth * TURN.run + AIR * font : set.goneWidth / 2;
  const end = Math.max(plot.right, plot.edge - over);
  const gone = some(true, mostLabels(plot.left, end, row));
  return [
    ...beside(held, plot, font, set.columns, set.heldWidth),
    ...above(gone, { ...plot, right: end }, font, row, set.isTurned),
  ];
}

/** How many of the ends carry a name. */
export function namedCount(ends: readonly CurveEnd[], names: readonly EndName[]): number {
  const written = new Set(names.map(({ text }) => text));
  return ends.filter(({ text }) => written.has(text)).length;
}

function beside(
  ends: readonly CurveEnd[],
  plot: NamedPlot,
  font: number,
  columns: number,
  width: number,
): EndName[] {
  const wishes = ends.map((end) => ({ ...end, at: end.y }));
  const left = plot.right + LEAD[columns]! * font;
  const apart = (ROW * font) / columns;
  let above = -Infinity;
  return spreadLabels(wishes, plot.top, plot.bottom, apart).map(({ x, y, text, place }) => {
    const isNear = place - above >= ROW * font - 1e-6;
    if (isNear) above = place;
    const at = isNear ? left : left + width + AIR * font;
    const lead = [
      { x, y },
      { x: Math.max(x, plot.right), y },
      { x: left - 0.2 * font, y: place },
      ...(isNear ? [] : [{ x: at - 0.2 * font, y: place }]),
    ];
    return { text, x: at, y: place + 0.34 * font, anchor: 'start', turn: 0, lead };
  });
}

function above(
  ends: readonly CurveEnd[],
  plot: NamedPlot,
  font: number,
  apart: number,
  isTurned: boolean,
): EndName[] {
  // The one with the higher rate leaves first.
  const wishes = ends.toSorted((a, b) => b.rate - a.rate).map((end) => ({ ...end, at: end.x }));
  return spreadLabels(wishes, plot.left, plot.right, apart).map(({ x, y, text, place }) => ({
    ...{ text, x: isTurned ? place + 0.3 * font : place, y: plot.row },
    anchor: isTurned ? 'start' : 'middle',
    turn: isTurned ? TURN.degrees : 0,
    lead: [
      { x, y },
      { x: place, y: plot.row + 0.3 * font },
    ],
  }));
}

/** One of each name: the one that came the furthest. */
function different(ends: readonly CurveEnd[]): CurveEnd[] {
  const furthest = new Map<string, CurveEnd>();
  for (const end of ends) {
    const other = furthest.get(end.text);
    if (!other || other.x < end.x) furthest.set(end.text, end);
  }
  return [...furthest.values()];
}
