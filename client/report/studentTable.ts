import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { formatCount, formatLoss, formatRate, formatShare } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { comparedLoss } from './comparedLoss.ts';
import { escapeHtml } from './escapeHtml.ts';

/** How the students are set: so many tables side by side, and how many rows fit into each. */
interface Setting {
  columns: number;
  rows: number;
  /** Of the text, in points. */
  size: number;
  /** Above and below a row's text, in heights of it. */
  air: number;
}

/** From the roomiest on; measured with the longest texts that there are above the table. */
const SETTINGS: readonly Setting[] = [
  { columns: 1, rows: 12, size: 9.5, air: 0.25 },
  { columns: 2, rows: 16, size: 8, air: 0.25 },
  { columns: 3, rows: 22, size: 7, air: 0.12 },
  { columns: 4, rows: 30, size: 5.8, air: 0.06 },
  { columns: 5, rows: 34, size: 5.2, air: 0.04 },
];

/** What is said of a student, and the class of its cell. */
interface Column {
  head: string;
  kind: string;
  cell: (student: ParticipantResults) => string;
}

/** All students by rank, in as many columns as it takes; who finds no room on one sheet is counted. */
export function studentTable(run: RunResult, ranked: readonly ParticipantResults[]): string {
  const last = SETTINGS.at(-1)!;
  const { columns, rows, size, air } =
    SETTINGS.find((each) => ranked.length <= each.columns * each.rows) ?? last;
  const shown = ranked.slice(0, columns * rows);
  const each = Math.ceil(shown.length / columns);
  const what = columnsOf(run, columns);
  const tables = Array.from({ length: each === 0 ? 0 : Math.ceil(shown.length / each) }, (_, k) =>
    table(what, shown.slice(k * each, (k + 1) * each)),
  );
  const more = ranked.length - shown.length;
  const notes = [
    ...(columns > 1 ? [t('report.marks')] : []),
    ...(more > 0 ? [t('report.more', { count: more })] : []),
  ];
  const below = notes.length > 0 ? `<p class="soft">${escapeHtml(notes.join(' '))}</p>` : '';
  return `<div class="students" style="--columns:${columns};--air:${air}em;font-size:${size}pt">${tables.join('')}</div>${below}`;
}

/** The fewer, the more tables share the sheet. */
function columnsOf(run: RunResult, tables: number): Column[] {
  const isTested = run.settings.experiment !== 'linear';
  const hasBets = run.participants.some(({ bet }) => bet !== null);
  const columns: (Column | false)[] = [
    { head: tables > 1 ? '#' : t('chart.rank'), kind: 'rank', cell: rankOf },
    { head: t('chart.name'), kind: 'name', cell: ({ name }) => name },
    {
      head: tables > 1 ? t('report.head.rate') : t('chart.rate'),
      kind: 'rate',
      cell: ({ rate }) => formatRate(rate!),
    },
    { head: t('chart.loss'), kind: 'loss', cell: (each) => lossOf(run, each, tables > 1) },
    tables <= 3 &&
      isTested && {
        head: tables > 1 ? t('report.head.accuracy') : t('chart.accuracy'),
        kind: 'share',
        cell: accuracyOf,
      },
    tables <= 2 && hasBets && { head: t('report.guess'), kind: 'guess', cell: guessOf },
    tables === 1 && { head: t('chart.state'), kind: 'state', cell: stateOf },
  ];
  return columns.filter((column) => column !== false);
}

function table(columns: readonly Column[], students: readonly ParticipantResults[]): string {
  const heads = columns.map(
    ({ head, kind }) => `<th scope="col" class="${kind}">${escapeHtml(head)}</th>`,
  );
  const rows = students.map((each) => {
    const cells = columns.map(
      ({ kind, cell }) => `<td class="${kind}">${escapeHtml(cell(each))}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function rankOf({ rank, divergedAt }: ParticipantResults): string {
  return rank === null || divergedAt !== null ? '–' : formatCount(rank);
}

/** Where there is no column for the state, a cross and the step say that a run diverged. */
function lossOf(run: RunResult, student: ParticipantResults, isBrief: boolean): string {
  if (student.divergedAt !== null) return isBrief ? `✕ ${formatCount(student.divergedAt)}` : '–';
  const loss = comparedLoss(run, student);
  return loss === null ? '–' : formatLoss(loss);
}

function accuracyOf({ evaluations, divergedAt }: ParticipantResults): string {
  const accuracy = evaluations.at(-1)?.accuracy;
  return accuracy === undefined || divergedAt !== null ? '–' : formatShare(accuracy);
}

function guessOf({ bet }: ParticipantResults): string {
  return bet === null ? '–' : t(`guess.word.${bet}`);
}

function stateOf({ divergedAt, state }: ParticipantResults): string {
  if (divergedAt !== null) return t('chart.divergedAt', { step: formatCount(divergedAt) });
  return t(state === 'done' ? 'common.status.done' : 'report.unfinished');
}
