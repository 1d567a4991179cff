import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { rateFraction, rateRange } from '../../shared/run/rates.ts';
import type { Axis } from '../charts/axis.ts';
import { axisTicks } from '../charts/frame.ts';
import { scaleColour } from '../style/rateColour.ts';
import { escapeHtml } from './escapeHtml.ts';

/** Of a picture on paper, in its own units; to the right and above the plot curves are named. */
export const PAPER = { width: 560, height: 404, left: 64, right: 72, top: 54, bottom: 46 };

/** Ends of the plot in a picture. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The plot of a picture that leaves no more room to names than the usual. */
export const PLOT: Plot = {
  left: PAPER.left,
  right: PAPER.width - PAPER.right,
  top: PAPER.top,
  bottom: PAPER.height - PAPER.bottom,
};

/** What a picture's texts say. */
export interface Words {
  steps: string;
  loss: string;
  rate: string;
  tick: (value: number) => string;
}

/** @param foot height that is left free between the plot's floor and the axis' lower end */
export function axis(
  spacing: Axis['spacing'],
  range: Axis['range'],
  which: 'x' | 'y',
  { foot = 0, plot = PLOT }: { foot?: number; plot?: Plot } = {},
): Axis {
  const ends =
    which === 'x'
      ? { from: plot.left, to: plot.right }
      : { from: plot.bottom - foot, to: plot.top };
  return { spacing, range, ...ends };
}

/** The colour of a student's marks: by the place of the rate among the run's. */
export function colourOf({ rate }: ParticipantResults, { rates }: RunResult): string {
  const { from, to } = rateRange(rates);
  const place = rateFraction(Math.min(from, to), Math.max(from, to), rate ?? from);
  return scaleColour(Math.min(Math.max(place, 0), 1));
}

export function cross(x: number, y: number, colour: string): string {
  const [left, right] = [x - 4, x + 4].map((value) => value.toFixed(1));
  return `<path d="M${left} ${y - 4}L${right} ${y + 4}M${left} ${y + 4}L${right} ${y - 4}" stroke="${colour}" stroke-width="2"/>`;
}

/** A text of a picture; `kind` is a class of the report's style, `turn` degrees against the clock. */
export function text(
  x: number,
  y: number,
  words: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  kind = '',
  turn = 0,
): string {
  const [left, foot] = [x.toFixed(1), y.toFixed(1)];
  const turned = turn === 0 ? '' : ` transform="rotate(${-turn} ${left} ${foot})"`;
  return `<text x="${left}" y="${foot}" text-anchor="${anchor}"${kind && ` class="${kind}"`}${turned}>${escapeHtml(words)}</text>`;
}

/** Axes with their ticks, what is drawn under them and what over them, as one SVG. */
export function picture(
  names: { x: string; y: string },
  x: Axis,
  y: Axis,
  tick: (value: number) => string,
  drawn: { under?: string; over: string },
  { left, right, top, bottom }: Plot = PLOT,
): string {
  const down = axisTicks(x, 84).map(
    ({ value, at }) =>
      `<path class="grid" d="M${at.toFixed(1)} ${top}V${bottom}"/>${text(at, bottom + 17, tick(value), 'middle')}`,
  );
  const across = axisTicks(y, 48).map(
    ({ value, at }) =>
      `<path class="grid" d="M${left} ${at.toFixed(1)}H${right}"/>${text(left - 6, at + 5, tick(value), 'end')}`,
  );
  const titles = `${text((left + right) / 2, PAPER.height - 6, names.x, 'middle')}${text(2, 14, names.y)}`;
  return `<svg viewBox="0 0 ${PAPER.width} ${PAPER.height}" role="img" aria-label="${escapeHtml(`${names.y}, ${names.x}`)}">${drawn.under ?? ''}${down.join('')}${across.join('')}<path class="grid" d="M${left} ${top}V${bottom}H${right}"/><g fill="none" stroke-width="2">${drawn.over}</g>${titles}</svg>`;
}
