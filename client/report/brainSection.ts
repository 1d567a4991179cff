import type { BrainResult } from '../brain/messages.ts';
import { costRows, equationOf, scoreRows } from '../brain/brainRows.ts';
import { lessonsOf } from '../brain/lessons.ts';
import { formatCount, formatLoss, formatShare } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';

/**
 * What a report can say of a class brain, or why it says nothing: no model is left, the run goes on,
 * or computing it would take long and the page has not done so.
 */
export type ReportedBrain = BrainResult | 'none' | 'failed' | 'early' | 'long';

/** Of what a class brain teaches, so much that the report keeps to one page. */
const LESSONS = 1;

/** What there is to say of the class brain, a paragraph each. */
export function brainParagraphs(brain: ReportedBrain): string[] {
  if (brain === 'none' || brain === 'failed') return [t(`brain.${brain}`)];
  if (brain === 'early' || brain === 'long') return [t(`report.brain.${brain}`)];
  const { members, students } = brain.plan;
  const taken = members.reduce((sum, each) => sum + each.students, 0);
  const made = t('brain.models', { count: members.length });
  const sampled =
    taken < students
      ? ` ${t('brain.sampled', { students: formatCount(taken), of: formatCount(students) })}`
      : '';
  return [...figures(brain), made + sampled];
}

function figures(brain: BrainResult): string[] {
  const line = (
    what: string,
    rows: { name: string; value: number }[],
    write: typeof formatLoss,
  ) => {
    const read = ({ name, value }: { name: string; value: number }) =>
      `${name} ${Number.isFinite(value) ? write(value) : t('brain.lost')}`;
    return t('report.figures', { what, figures: rows.map(read).join(' · ') });
  };
  if (brain.kind === 'line') {
    const cost = line(t('brain.cost'), costRows(brain), formatLoss);
    return [equationOf(brain.sound), cost, t('brain.line.lesson')];
  }
  const right = line(t('brain.onTest'), scoreRows(brain), formatShare);
  const lessons = lessonsOf(brain).slice(0, LESSONS);
  return [right, ...lessons.map((lesson) => t(`brain.lesson.${lesson}`))];
}
