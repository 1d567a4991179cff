import { position, type Axis, type Range } from './axis.ts';
import { axisTicks } from './frame.ts';
import type { Spacing } from './ticks.ts';

/** One student in the sweep: a learning rate and what it led to. */
export interface SweepPoint {
  participant: number;
  rate: number;
  /** A value on the axis; or that the run diverged, or has yet to get there. */
  value: number | 'diverged' | 'notYet';
}

/** Pixels kept free around the plotting area. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Between the plot's upper and lower border and the outermost dots, so that these are whole. */
  air: number;
  /** Height of the strip at the top for diverged runs. */
  rail: number;
  /** Height of the strip below it for who has yet to get there; 0 where there can be none. */
  waiting: number;
  /** From one tick to the next at least, along and up. */
  apart: { x: number; y: number };
}

export interface SweepLayout {
  x: Axis;
  y: Axis;
  marks: SweepMark[];
  xTicks: Tick[];
  yTicks: Tick[];
  /** The end of the value axis where dots stand that belong below it, or null. */
  floor: number | null;
  /** Where the theoretical edge lies, or null where it is out of the picture. */
  edge: number | null;
}

export interface SweepMark {
  participant: number;
  /** A diverged run is a cross on its rail, one that has yet to get there an open ring on another. */
  kind: 'dot' | 'cross' | 'ring';
  x: number;
  y: number;
}

export interface Tick {
  value: number;
  at: number;
}

/** The edge is drawn if it lies within this factor of the rates in use. */
const EDGE_IN_SIGHT = 2;
/** Air at both ends of the rate axis, as a factor. */
const AIR = 1.15;

/**
 * Places everybody on learning rate (always log) against what it led to.
 * @param rates the range the run can give out; rates outside widen it
 * @param edge theoretical learning rate from which the model diverges, or null
 * @param values ends of the other axis
 */
export function layoutSweep(
  points: readonly SweepPoint[],
  rates: { from: number; to: number },
  edge: number | null,
  values: Range,
  spacing: Spacing,
  size: { width: number; height: number },
  margins: Margins,
): SweepLayout {
  const used = [rates.from, rates.to, ...points.map(({ rate }) => rate)];
  let min = Math.min(...used);
  let max = Math.max(...used);
  const inSight = edge !== null && edge >= min / EDGE_IN_SIGHT && edge <= max * EDGE_IN_SIGHT;
  if (inSight) {
    min = Math.min(min, edge);
    max = Math.max(max, edge);
  }
  const x: Axis = {
    spacing: 'log',
    range: { min: min / AIR, max: max * AIR },
    from: margins.left,
    to: Math.max(margins.left + 1, size.width - margins.right),
  };
  const top = margins.top + margins.rail + margins.waiting + margins.air;
  const y: Axis = {
    spacing,
    range: values,
    from: Math.max(top + 1, size.height - margins.bottom - margins.air),
    to: top,
  };
  return {
    x,
    y,
    marks: points.map((point) => ({
      participant: point.participant,
      x: position(x, point.rate),
      ...height(point.value, y, margins),
    })),
    xTicks: axisTicks(x, margins.apart.x),
    yTicks: axisTicks(y, margins.apart.y),
    floor: points.some(({ value }) => typeof value === 'number' && value < values.min)
      ? values.min
      : null,
    edge: inSight ? position(x, edge) : null,
  };
}

function height(
  value: SweepPoint['value'],
  y: Axis,
  margins: Margins,
): Pick<SweepMark, 'kind' | 'y'> {
  if (value === 'diverged') return { kind: 'cross', y: margins.top + margins.rail / 2 };
  if (value === 'notYet') return { kind: 'ring', y: y.to - margins.air - margins.waiting / 2 };
  return { kind: 'dot', y: Math.min(Math.max(position(y, value), y.to), y.from) };
}
