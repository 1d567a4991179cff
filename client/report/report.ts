import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { judgeAll, type GoodRates } from '../../shared/run/judgement.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { stepsClosed, reportingGrid } from '../../shared/run/settings.ts';
import { tickLabel } from '../charts/tickLabel.ts';
import { bandText } from '../guess/bandText.ts';
import { formatCount, formatLoss, formatRate, formatShare } from '../i18n/format.ts';
import { language, t } from '../i18n/i18n.svelte.ts';
import { brainParagraphs, type ReportedBrain } from './brainSection.ts';
import { comparedLoss } from './comparedLoss.ts';
import { escapeHtml } from './escapeHtml.ts';
import { curvesSvg, sweepSvg } from './svgChart.ts';

/** Students in the table, without a class brain and below one: more would not fit on the page; how many more there are is said. */
const ROWS = { alone: 16, below: 8 };

const STYLE = `@page{size:A4;margin:12mm}
body{max-width:186mm;margin:0 auto;padding:4mm;color:#111;background:#fff;font:10.5pt/1.35 system-ui,sans-serif}
h1{margin:0;font-size:17pt}h2{margin:3mm 0 1mm;font-size:11.5pt}p{margin:0 0 1.5mm}
svg[role]{display:block;width:100%;height:auto}svg text{fill:#333;font-size:17px}.grid{stroke:#ddd;fill:none}
.pictures{display:grid;grid-template-columns:1fr 1fr;gap:4mm}
table{width:100%;border-collapse:collapse;font-size:10pt}th,td{padding:.6mm 1.5mm;border-bottom:1px solid #ccc;text-align:right}
th:nth-child(2),td:nth-child(2),th:last-child,td:last-child{text-align:left}
.soft{color:#555}@media(max-width:600px){.pictures{grid-template-columns:1fr}}`;

/**
 * One run as one page of HTML: it opens without a network and prints on one sheet.
 * @param made when it was made, as it is to be read
 */
export function reportOf(
  code: string,
  run: RunResult,
  made: string,
  brain: ReportedBrain = null,
): string {
  const words = {
    ...{ steps: t('chart.steps'), loss: t('chart.loss'), rate: t('chart.rate') },
    tick: tickLabel,
  };
  const title = t('report.title', { code, number: run.number });
  const ranked = [...run.participants]
    .filter(({ rate }) => rate !== null)
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
  const together = brainParagraphs(brain);
  const brainHead = together.length > 0 ? `<h2>${escapeHtml(t('brain.title'))}</h2>` : '';
  return `<!doctype html>
<html lang="${language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>
<h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(made)}</p>
<p>${escapeHtml(aboutRun(run))}</p>
<h2>${escapeHtml(t('report.found'))}</h2>${findings(run).map(paragraph).join('')}
<div class="pictures"><div><h2>${escapeHtml(t('chart.curvesTitle'))}</h2>${curvesSvg(run, words)}</div>
<div><h2>${escapeHtml(t('chart.sweepTitle'))}</h2>${sweepSvg(run, words)}</div></div>
${brainHead}${together.map(paragraph).join('')}
<h2>${escapeHtml(t('report.students'))}</h2>${table(run, ranked, together.length > 0 ? ROWS.below : ROWS.alone)}
</main></body></html>
`;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function aboutRun({ settings, arrived }: RunResult): string {
  const steps = stepsClosed(reportingGrid(settings.steps), arrived);
  return t('report.about', {
    experiment: t(`common.experiment.${settings.experiment}`),
    steps: formatCount(settings.steps),
    seed: settings.seed,
    ranked: formatCount(steps),
  });
}

/** What the run has shown, a sentence each. */
export function findings(run: RunResult): string[] {
  const students = run.participants.filter(({ rate }) => rate !== null);
  const diverged = students.filter(({ divergedAt }) => divergedAt !== null);
  const best = students.find(({ rank, divergedAt }) => rank === 1 && divergedAt === null);
  const found: string[] = [];
  const loss = best && comparedLoss(run, best);
  if (best && loss !== null && loss !== undefined) {
    const rate = formatRate(best.rate!);
    found.push(t('chart.result.best', { rate, name: best.name, loss: formatLoss(loss) }));
  }
  if (diverged.length > 0) {
    const rate = formatRate(Math.min(...diverged.map((each) => each.rate!)));
    const counts = { count: diverged.length, curves: students.length };
    found.push(t('chart.result.diverged', { ...counts, rate }));
  }
  const good = goodOf(run, students);
  if (good) found.push(bandText(good));
  const bets = students.filter(({ bet, outcome }) => bet !== null && outcome !== null);
  const exact = bets.filter(({ bet, outcome }) => bet === outcome);
  if (bets.length > 0) {
    found.push(t('report.guesses', { count: exact.length, of: formatCount(bets.length) }));
  }
  return found;
}

function goodOf(run: RunResult, students: ParticipantResults[]): GoodRates | null {
  const attempts = students
    .filter(({ verdict }) => verdict !== 'refuted')
    .map(({ rate, losses, divergedAt }) => ({
      rate: rate!,
      losses: losses.map(({ loss }) => loss),
      hasDiverged: divergedAt !== null,
    }));
  return judgeAll(attempts, run.arrived, rankingSpan(run.settings)).good;
}

function table(run: RunResult, ranked: readonly ParticipantResults[], most: number): string {
  const isTested = run.settings.experiment !== 'linear';
  const heads = [
    ...[t('chart.rank'), t('chart.name'), t('chart.rate'), t('chart.loss')],
    ...(isTested ? [t('chart.accuracy')] : []),
    ...[t('report.guess'), t('chart.state')],
  ];
  const rows = ranked.slice(0, most).map((each) => {
    const accuracy = each.evaluations.at(-1)?.accuracy;
    const loss = comparedLoss(run, each);
    const cells = [
      each.rank === null || each.divergedAt !== null ? '–' : formatCount(each.rank),
      each.name,
      formatRate(each.rate!),
      loss === null ? '–' : formatLoss(loss),
      ...(isTested
        ? [accuracy === undefined || each.divergedAt !== null ? '–' : formatShare(accuracy)]
        : []),
      each.bet === null ? '–' : t(`guess.word.${each.bet}`),
      each.divergedAt === null
        ? t(each.state === 'done' ? 'common.status.done' : 'report.unfinished')
        : t('chart.divergedAt', { step: formatCount(each.divergedAt) }),
    ];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const more = ranked.length - rows.length;
  const rest =
    more > 0 ? `<p class="soft">${escapeHtml(t('chart.more', { count: more }))}</p>` : '';
  const head = heads.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>${rest}`;
}
