import { judgeAll, type GoodRates } from '../../shared/run/judgement.ts';
import { formatRate } from '../i18n/format.ts';
import { position } from './axis.ts';
import { bestSoFar, indexAt, type Curve, type Metric } from './curves.ts';
import {
  endNames,
  namedCount,
  namesRoom,
  type CurveEnd,
  type EndName,
  type NamedPlot,
} from './endNames.ts';
import type { Frame } from './frame.ts';
import { crossOf } from './marks.ts';

/** In heights of the chart's font: a name's own, and from the plot up to the foot of the row above. */
const SIZE = 0.8;
const UP = { plain: 0.9, overEpochs: 2.1, within: 1.4 };

/** Of how many curves, how many carry their names in a picture. */
export interface NamedCurves {
  named: number;
  all: number;
}

/** Whether the page is laid out for paper, where colours may be grey and nothing can be pointed at. */
export function isOnPaper(): boolean {
  return matchMedia('print').matches;
}

/**
 * Pixels that the names of curves take at the right of a chart and above its plot.
 * @param size of the whole chart
 * @param font pixels of the chart's texts
 */
export function roomForNames(
  curves: readonly Curve[],
  metric: Metric,
  size: { width: number; height: number },
  font: number,
): { right: number; above: number } {
  const told = curves.filter(({ y }) => y.length > 0).map((curve) => toldOf(curve, null));
  const { right, above } = namesRoom(told, plotWithin(size, font), font * SIZE);
  return { right, above: metric === 'accuracy' ? 0 : above };
}

/** Names for the ends of the curves: at the right, or above the cross where a run diverged. */
export function namesOf(
  frame: Frame,
  curves: readonly Curve[],
  metric: Metric,
): NamedCurves & { names: EndName[]; size: number } {
  const { x, y, font, top } = frame;
  const up = metric === 'accuracy' ? UP.within : top ? UP.overEpochs : UP.plain;
  const floor = metric === 'accuracy' ? y.from : y.to;
  const plot: NamedPlot = {
    ...{ left: x.from, right: x.to, top: y.to, bottom: y.from },
    ...{ row: floor - font * up, edge: frame.width },
  };
  const best = bestOf(curves, metric);
  const ends = curves.flatMap((curve) => endOf(curve, frame, metric, best));
  const names = endNames(ends, plot, font * SIZE, goodOf(curves, metric));
  return { names, size: font * SIZE, named: namedCount(ends, names), all: ends.length };
}

/** Draws names into a picture of pixels; the context is scaled to CSS pixels. */
export function drawNames(
  context: CanvasRenderingContext2D,
  { names, size }: Pick<ReturnType<typeof namesOf>, 'names' | 'size'>,
  inks: { ink: string; line: string },
  family: string,
): void {
  context.save();
  context.strokeStyle = inks.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const { lead } of names) {
    for (const [k, { x, y }] of lead.entries()) {
      if (k === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.stroke();
  context.fillStyle = inks.ink;
  context.font = `${size}px ${family}`;
  context.textBaseline = 'alphabetic';
  for (const { text, x, y, anchor, turn } of names) {
    context.save();
    context.textAlign = anchor === 'middle' ? 'center' : 'left';
    context.translate(x, y);
    context.rotate((-turn * Math.PI) / 180);
    context.fillText(text, 0, 0);
    context.restore();
  }
  context.restore();
}

/** About the size of the plot within a chart, before it is laid out. */
function plotWithin({ width, height }: { width: number; height: number }, font: number) {
  return { width: width - 10 * font, height: height - 6 * font };
}

function toldOf(curve: Curve, best: Curve | null): Omit<CurveEnd, 'x' | 'y'> {
  const { rate, divergedAt } = curve;
  return { rate, text: formatRate(rate), gone: divergedAt !== null, isBest: curve === best };
}

/** Where a curve ends within the picture; nothing for one that has not begun there. */
function endOf(curve: Curve, { x, y }: Frame, metric: Metric, best: Curve | null): CurveEnd | [] {
  const told = toldOf(curve, best);
  if (told.gone) {
    const place = crossOf(x, y, curve, metric);
    return place ? { ...told, ...place } : [];
  }
  const last = indexAt(curve, x.range.max);
  const value = curve.y[last];
  if (value === undefined || Number.isNaN(value) || curve.x[last]! < x.range.min) return [];
  const height = Math.min(Math.max(position(y, value), y.to), y.from);
  return { ...told, x: position(x, curve.x[last]!), y: height };
}

function bestOf(curves: readonly Curve[], metric: Metric): Curve | null {
  const held = curves.flatMap((curve) => {
    const value = bestSoFar(curve, metric)?.value;
    return curve.divergedAt !== null || value === undefined ? [] : { curve, value };
  });
  const sign = metric === 'accuracy' ? -1 : 1;
  held.sort((a, b) => sign * (a.value - b.value));
  return held[0]?.curve ?? null;
}

/** The learning rates that were good, as far as these curves tell. */
function goodOf(curves: readonly Curve[], metric: Metric): GoodRates | null {
  if (metric === 'accuracy') return null;
  const attempts = curves.map(({ rate, y, divergedAt }) => ({
    ...{ rate, losses: y, hasDiverged: divergedAt !== null },
  }));
  const arrived = Math.max(0, ...attempts.map(({ losses }) => losses.length));
  return arrived === 0 ? null : judgeAll(attempts, arrived, 1).good;
}
