import type { RunResult } from '../../shared/protocol/results.ts';
import { stepsClosed, reportingGrid } from '../../shared/run/settings.ts';
import { tickLabel } from '../charts/tickLabel.ts';
import { formatCount } from '../i18n/format.ts';
import { language, t } from '../i18n/i18n.svelte.ts';
import { brainParagraphs, type ReportedBrain } from './brainSection.ts';
import { drawnCurves, type DrawnCurves } from './curvesSvg.ts';
import { escapeHtml } from './escapeHtml.ts';
import { findings, goodOf, studentsOf } from './findings.ts';
import { settingsText } from './settingsText.ts';
import { studentTable } from './studentTable.ts';
import { sweepSvg } from './sweepSvg.ts';

/** On paper an A4 sheet with its margins is 186 mm wide and 273 mm high. */
const STYLE = `@page{size:A4 portrait;margin:12mm}
body{max-width:186mm;margin:0 auto;padding:4mm;color:#111;background:#fff;font:9.5pt/1.3 system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline}h1{margin:0;font-size:15pt}h2{margin:2mm 0 .8mm;font-size:11pt}p{margin:0 0 1mm}
svg[role]{display:block;width:100%;height:auto}svg text{fill:#222;font-size:14px}svg .name{font-size:12.5px}
svg .band{font-size:13px;font-style:italic}svg .best{font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:3px}.grid{stroke:#ddd;fill:none}.lead{stroke:#999;stroke-width:1}
.pictures{display:grid;grid-template-columns:1fr 1fr;gap:3mm}
.students{display:grid;grid-template-columns:repeat(var(--columns),minmax(0,1fr));gap:0 4mm;align-items:start;line-height:1.2}
table{width:100%;border-collapse:collapse}th,td{padding:var(--air) .3em;border-bottom:1px solid #ccc;text-align:right;white-space:nowrap}
th{font-weight:600}.name,.guess,.state{text-align:left}td.name{width:99%;max-width:0;overflow:hidden;text-overflow:ellipsis}
.soft{color:#555;font-size:8.5pt}
@media print{body{max-width:none;padding:0}}
@media screen and (max-width:600px){.pictures{grid-template-columns:1fr}.students{grid-template-columns:1fr;font-size:9.5pt!important}}`;

/**
 * One run as one page of HTML: it opens without a network and prints on one sheet.
 * @param made when it was made, as it is to be read
 */
export function reportOf(code: string, run: RunResult, made: string, brain: ReportedBrain): string {
  const words = {
    ...{ steps: t('chart.steps'), loss: t('chart.loss'), rate: t('chart.rate') },
    tick: tickLabel,
  };
  const title = t('report.title', { code, number: run.number });
  const good = goodOf(run);
  const curves = drawnCurves(run, words, good);
  const ranked = studentsOf(run).sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
  return `<!doctype html>
<html lang="${language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>
<header><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(made)}</p></header>
${[settingsText(run), aboutRun(run)].map(paragraph).join('')}
<h2>${escapeHtml(t('report.found'))}</h2><p>${escapeHtml(findings(run).join(' '))}</p>
<div class="pictures"><div><h2>${escapeHtml(t('chart.curvesTitle'))}</h2>${curves.svg}</div>
<div><h2>${escapeHtml(t('chart.sweepTitle'))}</h2>${sweepSvg(run, words, good)}</div></div>
<p class="soft">${escapeHtml(aboutEnds(curves))}</p>
<h2>${escapeHtml(t('brain.title'))}</h2>${brainParagraphs(brain).map(paragraph).join('')}
<h2>${escapeHtml(t('report.students'))}</h2>${studentTable(run, ranked)}
</main></body></html>
`;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** Where the curves' names stand, and how many of them where not all have room. */
function aboutEnds({ named, all }: DrawnCurves): string {
  if (named === all) return t('report.ends');
  return t('report.someNamed', { named: formatCount(named), all: formatCount(all) });
}

function aboutRun({ settings, arrived }: RunResult): string {
  const steps = stepsClosed(reportingGrid(settings.steps), arrived);
  return t('report.about', { ranked: formatCount(steps) });
}
