import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import type { GoodRates } from '../../shared/run/judgement.ts';
import { reportingGrid } from '../../shared/run/settings.ts';
import { position, type Axis } from '../charts/axis.ts';
import { dashesOf } from '../charts/dashes.ts';
import {
  endNames,
  namedCount,
  namesRoom,
  type CurveEnd,
  type EndName,
} from '../charts/endNames.ts';
import { formatRate } from '../i18n/format.ts';
import { axis, colourOf, cross, PAPER, picture, PLOT, text, type Words } from './paper.ts';

/** Points of one curve that paper can tell apart. */
const POINTS = 60;
/** Height of the curves' names, as the report's style has it. */
const FONT = 12.5;
/** Width of a curve's line. */
const LINE = 2;
/** From the plot up to the crosses of who diverged, and from there to the foot of their names. */
const UP = { cross: 8, names: 23 };

/** The picture of the curves, and how many of them carry their names there. */
export interface DrawnCurves {
  svg: string;
  named: number;
  all: number;
}

/**
 * The curves of all students as SVG, log axis for the loss. They are named by their learning rates
 * where they end: at the right, or above, with a cross, where they diverged. Colour is not needed to
 * read it: neighbours are dashed in different ways.
 * @param good learning rates that were good, which are named before others
 */
export function drawnCurves(run: RunResult, words: Words, good: GoodRates | null): DrawnCurves {
  const { steps, windows } = reportingGrid(run.settings.steps);
  const students = run.participants.filter(
    ({ rate, losses }) => rate !== null && losses.length > 0,
  );
  const curves = students.map((each) => ({ each, points: thinned(each.losses, windows) }));
  const start = students.reduce((most, each) => Math.max(most, each.losses[0]!.loss), 1e-12);
  const lowest = curves
    .flatMap(({ points }) => points)
    .reduce((least, { loss }) => (loss > 0 ? Math.min(least, loss) : least), start);
  const range = { min: lowest, max: 3 * start };
  const told = students.map((each) => ({
    ...{ rate: each.rate!, text: formatRate(each.rate!), gone: each.divergedAt !== null },
    isBest: each.rank === 1,
  }));
  const plot = plotFor(told);
  const x = axis('linear', { min: 0, max: steps }, 'x', { plot });
  const y = axis('log', range, 'y', { plot });
  // Leaves the picture at the top, and not by much: far coordinates are drawn wrong.
  const heightOf = (loss: number) =>
    position(y, Math.min(Math.max(loss, range.min), 100 * range.max));
  const dashes = dashesOf(told.map(({ rate }) => rate));
  const lines = curves.map(({ each, points }) => {
    const path = points.map(
      ({ steps: at, loss }) => `${position(x, at).toFixed(1)} ${heightOf(loss).toFixed(1)}`,
    );
    const dash = dashes.get(each.rate!)!.map((length) => length * LINE);
    return `<path d="M${path.join('L')}" stroke="${colourOf(each, run)}" stroke-dasharray="${dash.join(' ')}"/>`;
  });
  const box = `${plot.left} ${plot.top} ${plot.right - plot.left} ${plot.bottom - plot.top}`;
  const [left, top, width, height] = box.split(' ');
  const inside = `<svg x="${left}" y="${top}" width="${width}" height="${height}" viewBox="${box}">${lines.join('')}</svg>`;
  const ends = curves.map(({ each, points }, k): CurveEnd => {
    const { steps: last, loss } = points.at(-1)!;
    const place = told[k]!.gone
      ? { x: position(x, each.losses.at(-1)!.steps), y: plot.top - UP.cross }
      : { x: position(x, last), y: Math.max(heightOf(loss), plot.top) };
    return { ...told[k]!, ...place };
  });
  const names = endNames(
    ends,
    { ...plot, row: plot.top - UP.names, edge: PAPER.width },
    FONT,
    good,
  );
  const crosses = departures(run, students, x, plot.top - UP.cross);
  const over = inside + names.map(leadOf).join('') + crosses + names.map(nameOf).join('');
  const titles = { x: words.steps, y: words.loss };
  const svg = picture(titles, x, y, words.tick, { over }, plot);
  return { svg, named: namedCount(ends, names), all: ends.length };
}

/** Leaves to the names what room they take, and never less than the other picture does. */
function plotFor(told: readonly Omit<CurveEnd, 'x' | 'y'>[]) {
  const size = { width: PLOT.right - PLOT.left, height: PLOT.bottom - PLOT.top };
  const { right, above } = namesRoom(told, size, FONT);
  return {
    ...PLOT,
    right: PAPER.width - Math.max(right, PAPER.right),
    top: Math.max(UP.cross + above, PAPER.top),
  };
}

function leadOf({ lead }: EndName): string {
  const path = lead.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
  return `<path class="lead" d="M${path}"/>`;
}

function nameOf({ text: name, x, y, anchor, turn }: EndName): string {
  return text(x, y, name, anchor, 'name', turn);
}

/** A cross where each run that diverged left. */
function departures(run: RunResult, students: readonly ParticipantResults[], x: Axis, y: number) {
  return students
    .filter(({ divergedAt }) => divergedAt !== null)
    .map((each) => cross(position(x, each.losses.at(-1)!.steps), y, colourOf(each, run)))
    .join('');
}

/** The means of so many windows each that paper can tell them apart; it smooths the batches as well. */
function thinned(losses: ParticipantResults['losses'], windows: number) {
  const together = Math.max(1, Math.ceil(windows / POINTS));
  const groups = Math.ceil(losses.length / together);
  const means = Array.from({ length: groups }, (_, k) => {
    const group = losses.slice(k * together, (k + 1) * together);
    const sum = group.reduce((total, { loss }) => total + loss, 0);
    return { steps: group.at(-1)!.steps, loss: sum / group.length };
  });
  // Where everybody began is the same for all, and is to be seen.
  return together > 1 ? [losses[0]!, ...means] : means;
}
