import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { rateFraction, rateRange } from '../../shared/run/rates.ts';
import { reportingGrid } from '../../shared/run/settings.ts';
import { axisTicks } from '../charts/frame.ts';
import { position, type Axis } from '../charts/axis.ts';
import { scaleColour } from '../style/rateColour.ts';
import { comparedLoss } from './comparedLoss.ts';

/** Of a picture on paper, in its own units. */
export const PAPER = { width: 700, height: 480, left: 84, right: 14, top: 24, bottom: 52 };

/** Points of one curve that paper can tell apart. */
const POINTS = 60;
/** Told apart without colour too: from the lowest third of the rates to the highest. */
const DASHES = ['1 3', '6 3', ''];

interface Words {
  steps: string;
  loss: string;
  rate: string;
  tick: (value: number) => string;
}

/** The curves of all students as SVG: log axis for the loss, a cross where one diverged. */
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
  const x: Axis = axis('linear', { min: 0, max: steps }, PAPER.left, PAPER.width - PAPER.right);
  const y: Axis = axis('log', range, PAPER.height - PAPER.bottom, PAPER.top);
  const place = (step: number, loss: number) => {
    // Leaves the picture at the top, and not by much: far coordinates are drawn wrong.
    const height = position(y, Math.min(Math.max(loss, range.min), 100 * range.max));
    return `${position(x, step).toFixed(1)} ${height.toFixed(1)}`;
  };
  const lines = curves.map(({ each, points }) => {
    const path = points.map(({ steps: at, loss }) => place(at, loss)).join('L');
    const { colour, dash } = styleOf(each, run);
    const last = each.losses.at(-1)!;
    const mark =
      each.divergedAt === null ? '' : cross(position(x, last.steps), PAPER.top + 8, colour);
    return { line: `<path d="M${path}" stroke="${colour}" stroke-dasharray="${dash}"/>`, mark };
  });
  const [width, height] = [
    PAPER.width - PAPER.left - PAPER.right,
    PAPER.height - PAPER.top - PAPER.bottom,
  ];
  const window = `x="${PAPER.left}" y="${PAPER.top}" width="${width}" height="${height}"`;
  const box = `viewBox="${PAPER.left} ${PAPER.top} ${width} ${height}"`;
  const inside = lines.map(({ line }) => line).join('');
  const marks = lines.map(({ mark }) => mark).join('');
  const drawn = `<svg ${window} ${box}>${inside}</svg>${marks}`;
  return picture(words.loss, words.steps, x, y, words.tick, drawn);
}

/** The means of so many windows each that paper can tell them apart; it smooths the batches as well. */
function thinned(losses: ParticipantResults['losses'], windows: number) {
  const together = Math.max(1, Math.ceil(windows / POINTS));
  const groups = Math.ceil(losses.length / together);
  return Array.from({ length: groups }, (_, k) => {
    const group = losses.slice(k * together, (k + 1) * together);
    const sum = group.reduce((total, { loss }) => total + loss, 0);
    return { steps: group.at(-1)!.steps, loss: sum / group.length };
  });
}

/** Every learning rate against the loss that it led to; a cross at the top for those that diverged. */
export function sweepSvg(run: RunResult, words: Words): string {
  const students = run.participants.filter(
    ({ rate, losses }) => rate !== null && losses.length > 0,
  );
  const ends = rateRange(run.rates);
  const low = Math.min(ends.from, ends.to, ...students.map(({ rate }) => rate!)) / 1.15;
  const high = Math.max(ends.from, ends.to, ...students.map(({ rate }) => rate!)) * 1.15;
  const compared = students.map((each) => ({ each, loss: comparedLoss(run, each) }));
  const lasts = compared.flatMap(({ loss }) => (loss !== null && loss > 0 ? loss : []));
  const range = { min: Math.min(...lasts, 1) / 2, max: Math.max(...lasts, 1e-12) * 2 };
  const x: Axis = axis('log', { min: low, max: high }, PAPER.left, PAPER.width - PAPER.right);
  const y: Axis = axis('log', range, PAPER.height - PAPER.bottom, PAPER.top + 24);
  const marks = compared.map(({ each, loss }) => {
    const { colour } = styleOf(each, run);
    const at = position(x, each.rate!);
    if (each.divergedAt !== null) return cross(at, PAPER.top + 8, colour);
    // Not as far as the others: there is nothing to compare it by.
    if (loss === null) return '';
    const height = position(y, Math.max(loss, range.min));
    return `<circle cx="${at.toFixed(1)}" cy="${height.toFixed(1)}" r="6" fill="${colour}"/>`;
  });
  return picture(words.loss, words.rate, x, y, words.tick, marks.join(''));
}

function axis(spacing: Axis['spacing'], range: Axis['range'], from: number, to: number): Axis {
  return { spacing, range, from, to };
}

function styleOf({ rate }: ParticipantResults, { rates }: RunResult) {
  const { from, to } = rateRange(rates);
  const place = rateFraction(Math.min(from, to), Math.max(from, to), rate ?? from);
  const tone = Math.min(Math.max(place, 0), 1);
  return { colour: scaleColour(tone), dash: DASHES[Math.min(2, Math.floor(3 * tone))]! };
}

function cross(x: number, y: number, colour: string): string {
  const [left, right] = [x - 4, x + 4].map((value) => value.toFixed(1));
  return `<path d="M${left} ${y - 4}L${right} ${y + 4}M${left} ${y + 4}L${right} ${y - 4}" stroke="${colour}" stroke-width="2"/>`;
}

function picture(
  yName: string,
  xName: string,
  x: Axis,
  y: Axis,
  tick: (value: number) => string,
  drawn: string,
): string {
  const bottom = PAPER.height - PAPER.bottom;
  const down = axisTicks(x, 110).map(
    ({ value, at }) =>
      `<path class="grid" d="M${at} ${PAPER.top}V${bottom}"/><text x="${at}" y="${bottom + 20}" text-anchor="middle">${tick(value)}</text>`,
  );
  const across = axisTicks(y, 60).map(
    ({ value, at }) =>
      `<path class="grid" d="M${PAPER.left} ${at}H${PAPER.width - PAPER.right}"/><text x="${PAPER.left - 6}" y="${at + 6}" text-anchor="end">${tick(value)}</text>`,
  );
  return `<svg viewBox="0 0 ${PAPER.width} ${PAPER.height}" role="img" aria-label="${yName}, ${xName}">${down.join('')}${across.join('')}<g fill="none" stroke-width="2.5">${drawn}</g><text x="${PAPER.width - PAPER.right}" y="${PAPER.height - 4}" text-anchor="end">${xName}</text><text x="4" y="15">${yName}</text></svg>`;
}
