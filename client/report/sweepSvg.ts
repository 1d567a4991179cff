import { WORKSHOP } from '../../shared/data/linear.ts';
import { edgeOfStability } from '../../shared/model/edge.ts';
import type { RunResult } from '../../shared/protocol/results.ts';
import type { GoodRates } from '../../shared/run/judgement.ts';
import { rateRange } from '../../shared/run/rates.ts';
import { position, type Axis } from '../charts/axis.ts';
import { formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { comparedLoss } from './comparedLoss.ts';
import { axis, cross, picture, PLOT, colourOf, text, type Words } from './paper.ts';

/** Height of the rail at the top, on which diverged runs stand. */
const RAIL = 22;
/** Height of the strip at the foot, in which the bands are named. */
const FOOT = 36;
/** Letters of a picture's text are about so wide. */
const LETTER = 7.6;
/** The ground of rates that are not good. */
const DULL = '#ececec';

/**
 * Every learning rate against the loss that it led to: a dot each, the diverged as crosses on a rail
 * at the top, the bands that were too low, good and too high, the best rate and, for the straight
 * line, the edge 2/λmax.
 */
export function sweepSvg(run: RunResult, words: Words, good: GoodRates | null): string {
  const students = run.participants.filter(
    ({ rate, losses }) => rate !== null && losses.length > 0,
  );
  const ends = rateRange(run.rates);
  const rates = [ends.from, ends.to, ...students.map(({ rate }) => rate!)];
  const range = { min: Math.min(...rates) / 1.15, max: Math.max(...rates) * 1.15 };
  const compared = students.map((each) => ({ each, loss: comparedLoss(run, each) }));
  const lasts = compared.flatMap(({ loss }) => (loss !== null && loss > 0 ? loss : []));
  const losses = { min: Math.min(...lasts, 1) / 2, max: Math.max(...lasts, 1e-12) * 2 };
  const x = axis('log', range, 'x');
  const y = axis('log', losses, 'y', { foot: FOOT });
  const marks = compared.map(({ each, loss }) => {
    const colour = colourOf(each, run);
    const at = position(x, each.rate!);
    if (each.divergedAt !== null) return cross(at, PLOT.top - RAIL / 2, colour);
    // Not as far as the others: there is nothing to compare it by.
    if (loss === null) return '';
    const height = position(y, Math.max(loss, losses.min));
    return `<circle cx="${at.toFixed(1)}" cy="${height.toFixed(1)}" r="4.5" fill="${colour}"/>`;
  });
  const best = compared.find(({ each }) => each.rank === 1);
  const bestMark =
    best?.loss === null || best === undefined || best.each.divergedAt !== null
      ? ''
      : bestOf(position(x, best.each.rate!), position(y, best.loss), best.each.rate!);
  const rail = `<rect x="${PLOT.left}" y="${PLOT.top - RAIL}" width="${PLOT.right - PLOT.left}" height="${RAIL}" fill="none" stroke="#999" stroke-width="1"/>${text(PLOT.right + 4, PLOT.top - RAIL / 2 + 4, t('chart.judged.diverged'), 'start', 'name')}`;
  const edge = run.settings.experiment === 'linear' ? edgeOf(x, edgeOfStability(WORKSHOP.x)) : '';
  return picture({ x: words.rate, y: words.loss }, x, y, words.tick, {
    under: good ? bands(x, good) : '',
    over: rail + edge + marks.join('') + bestMark,
  });
}

/** Rates that were too low, good and too high: grounds of their own, named in the strip at the foot. */
function bands(x: Axis, good: GoodRates): string {
  const from = good.from === null ? x.from : position(x, good.from);
  const to = good.to === null ? x.to : position(x, good.to);
  // A narrow band's name is wider than the band: that of the good ones has a row of its own.
  const all = [
    { kind: 'tooLow', from: x.from, to: from, fill: DULL, row: 6, anchor: 'start' },
    { kind: 'good', from, to, fill: '#ffffff', row: 21, anchor: 'middle' },
    { kind: 'tooHigh', from: to, to: x.to, fill: DULL, row: 6, anchor: 'end' },
  ] as const;
  return all
    .filter((band) => band.to - band.from > 1)
    .map(({ kind, fill, row, anchor, ...band }) => {
      const box = `x="${band.from.toFixed(1)}" y="${PLOT.top}" width="${(band.to - band.from).toFixed(1)}" height="${PLOT.bottom - PLOT.top}"`;
      const name = t(`chart.judged.${kind}`);
      const half = (name.length * LETTER) / 2;
      const middle = Math.min(Math.max((band.from + band.to) / 2, x.from + half), x.to - half);
      const at = { start: band.from + 5, middle, end: band.to - 5 }[anchor];
      return `<rect ${box} fill="${fill}" stroke="#bbb"/>${text(at, PLOT.bottom - row, name, anchor, 'band')}`;
    })
    .join('');
}

function bestOf(x: number, y: number, rate: number): string {
  const words = t('chart.best', { rate: formatRate(rate) });
  const isRight = x > (PLOT.left + PLOT.right) / 2;
  const name = text(x + (isRight ? -13 : 13), y + 5, words, isRight ? 'end' : 'start', 'best');
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="9" stroke="#111"/>${name}`;
}

function edgeOf(x: Axis, edge: number): string {
  if (edge < x.range.min || edge > x.range.max) return '';
  const at = position(x, edge);
  const name = text(at, PLOT.top - RAIL - 6, `2/λmax = ${formatRate(edge)}`, 'middle', 'best');
  return `<path d="M${at.toFixed(1)} ${PLOT.top - RAIL}V${PLOT.bottom}" stroke="#111" stroke-dasharray="5 3"/>${name}`;
}
