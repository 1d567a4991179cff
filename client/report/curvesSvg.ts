import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { reportingGrid } from '../../shared/run/settings.ts';
import { position, type Axis } from '../charts/axis.ts';
import { formatRate } from '../i18n/format.ts';
import { axis, cross, picture, PLOT, styleOf, text, type Words } from './paper.ts';
import { spreadLabels } from '../charts/spreadLabels.ts';

/** Points of one curve that paper can tell apart. */
const POINTS = 60;
/** Between the names of two curves: below one another, and beside one another. */
const APART = { below: 13.5, beside: 46 };

/**
 * The curves of all students as SVG, log axis for the loss. Each is named by its learning rate where
 * it ends: at the right, or above, with a cross, where it diverged. Colour is not needed to read it.
 */
export function curvesSvg(run: RunResult, words: Words): string {
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
  const x = axis('linear', { min: 0, max: steps }, 'x');
  const y = axis('log', range, 'y');
  // Leaves the picture at the top, and not by much: far coordinates are drawn wrong.
  const heightOf = (loss: number) =>
    position(y, Math.min(Math.max(loss, range.min), 100 * range.max));
  const lines = curves.map(({ each, points }) => {
    const path = points.map(
      ({ steps: at, loss }) => `${position(x, at).toFixed(1)} ${heightOf(loss).toFixed(1)}`,
    );
    const { colour, dash } = styleOf(each, run);
    return `<path d="M${path.join('L')}" stroke="${colour}" stroke-dasharray="${dash}"/>`;
  });
  const box = `${PLOT.left} ${PLOT.top} ${PLOT.right - PLOT.left} ${PLOT.bottom - PLOT.top}`;
  const [left, top, width, height] = box.split(' ');
  const inside = `<svg x="${left}" y="${top}" width="${width}" height="${height}" viewBox="${box}">${lines.join('')}</svg>`;
  const arrived = curves
    .filter(({ each }) => each.divergedAt === null)
    .map(({ each, points }) => {
      const { steps: last, loss } = points.at(-1)!;
      return { end: position(x, last), at: heightOf(loss), rate: each.rate! };
    });
  const over = inside + endNames(arrived) + departures(run, students, x);
  return picture({ x: words.steps, y: words.loss }, x, y, words.tick, { over });
}

/** Learning rates at the right of the picture, each with a line to its curve's end. */
function endNames(ends: readonly { end: number; at: number; rate: number }[]): string {
  const named = ends.map((each) => ({ ...each, text: formatRate(each.rate) }));
  return spreadLabels(named, PLOT.top, PLOT.bottom, APART.below)
    .map(
      ({ end, at, place, text: name }) =>
        `<path class="lead" d="M${end.toFixed(1)} ${at.toFixed(1)}L${PLOT.right + 2} ${at.toFixed(1)}L${PLOT.right + 10} ${place.toFixed(1)}"/>${text(PLOT.right + 12, place + 4, name, 'start', 'name')}`,
    )
    .join('');
}

/** A cross where each run that diverged left, and above it the learning rate. */
function departures(run: RunResult, students: readonly ParticipantResults[], x: Axis): string {
  const gone = students.filter(({ divergedAt }) => divergedAt !== null);
  const y = PLOT.top - 8;
  const crosses = gone.map((each) =>
    cross(position(x, each.losses.at(-1)!.steps), y, styleOf(each, run).colour),
  );
  // The one with the higher rate leaves first.
  const named = gone
    .toSorted((a, b) => b.rate! - a.rate!)
    .map((each) => ({
      at: position(x, each.losses.at(-1)!.steps),
      text: formatRate(each.rate!),
    }));
  const names = spreadLabels(named, PLOT.left + 8, PLOT.right + 20, APART.beside).map(
    ({ at, place, text: name }) =>
      `<path class="lead" d="M${at.toFixed(1)} ${y - 5}L${place.toFixed(1)} ${y - 15}"/>${text(place, y - 18, name, 'middle', 'name')}`,
  );
  return crosses.join('') + names.join('');
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
