import { position, type Axis, type Range } from './axis.ts';
import { axisTicks } from './frame.ts';
import type { Spacing } from './ticks.ts';

/** One student in the sweep: a learning rate and what it led to. */
export interface SweepPoint {
  participant: number;
  rate: number;
  /** Null for a diverged run, which has no final loss. */
  loss: number | null;
}

/** Pixels kept free around the plotting area; `rail` is the strip above it for diverged runs. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
  rail: number;
}

export interface SweepLayout {
  x: Axis;
  y: Axis;
  dots: { participant: number; x: number; y: number }[];
  /** Diverged runs, on the rail. */
  crosses: { participant: number; x: number; y: number }[];
  xTicks: Tick[];
  yTicks: Tick[];
  /** Where the theoretical edge lies, or null where it is out of the picture. */
  edge: number | null;
}

export interface Tick {
  value: number;
  at: number;
}

/** The edge is drawn if it lies within this factor of the rates in use. */
const EDGE_IN_SIGHT = 2;
/** Air at both ends of the rate axis, as a factor. */
const AIR = 1.15;
const PIXELS_PER_TICK = { x: 64, y: 36 };

/**
 * Places everybody on learning rate (always log) against loss.
 * @param rates the range the run can give out; rates outside widen it
 * @param edge theoretical learning rate from which the model diverges, or null
 * @param losses ends of the loss axis
 */
export function layoutSweep(
  points: readonly SweepPoint[],
  rates: { from: number; to: number },
  edge: number | null,
  losses: Range,
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
  const top = margins.top + margins.rail;
  const y: Axis = {
    spacing,
    range: losses,
    from: Math.max(top + 1, size.height - margins.bottom),
    to: top,
  };
  const within = (pixel: number) => Math.min(Math.max(pixel, y.to), y.from);
  const living = points.filter(({ loss }) => loss !== null);
  return {
    x,
    y,
    dots: living.map(({ participant, rate, loss }) => ({
      participant,
      x: position(x, rate),
      y: within(position(y, loss ?? 0)),
    })),
    crosses: points
      .filter(({ loss }) => loss === null)
      .map(({ participant, rate }) => ({
        participant,
        x: position(x, rate),
        y: margins.top + margins.rail / 2,
      })),
    xTicks: axisTicks(x, PIXELS_PER_TICK.x),
    yTicks: axisTicks(y, PIXELS_PER_TICK.y),
    edge: inSight ? position(x, edge) : null,
  };
}
