import type { ClassBrainResult } from '../../shared/run/classBrain.ts';
import type { LineBrainResult, LineScore } from '../../shared/run/lineBrain.ts';
import { formatParameter, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';

/** A class brain's models taken together, single ones, and together with those that diverged. */
export type BrainKind =
  'average' | 'vote' | 'good' | 'best' | 'lowest' | 'mean' | 'ruinedAverage' | 'ruinedVote';

/** One line of what a class brain amounts to: a share of the test data, or a cost. */
export interface BrainRow {
  kind: BrainKind;
  name: string;
  value: number;
}

export function scoreRows(result: ClassBrainResult): BrainRow[] {
  const { plan, sound, good, best, bestOnTest, mean, all } = result;
  return [
    { kind: 'average', name: t('brain.average'), value: sound.average.accuracy },
    { kind: 'vote', name: t('brain.vote'), value: sound.vote.accuracy },
    ...(good
      ? [{ kind: 'good' as const, name: t('brain.good'), value: good.average.accuracy }]
      : []),
    { kind: 'best', name: bestName(bestOnTest.rate), value: bestOnTest.accuracy },
    ...(bestOnTest.rate === plan.best
      ? []
      : [{ kind: 'lowest' as const, name: lowestName(plan.best), value: best.accuracy }]),
    { kind: 'mean', name: t('brain.mean'), value: mean },
    ...(all
      ? [
          {
            kind: 'ruinedAverage' as const,
            name: `${t('brain.average')}, ${withDiverged(plan)}`,
            value: all.average.accuracy,
          },
          {
            kind: 'ruinedVote' as const,
            name: `${t('brain.vote')}, ${withDiverged(plan)}`,
            value: all.vote.accuracy,
          },
        ]
      : []),
  ];
}

export function costRows({ plan, sound, best, mean, all }: LineBrainResult): BrainRow[] {
  return [
    { kind: 'average', name: t('brain.average'), value: sound.cost },
    { kind: 'best', name: bestName(plan.best), value: best.cost },
    { kind: 'mean', name: t('brain.mean'), value: mean },
    ...(all
      ? [
          {
            kind: 'ruinedAverage' as const,
            name: `${t('brain.average')}, ${withDiverged(plan)}`,
            value: all.cost,
          },
        ]
      : []),
  ];
}

/** The averaged line, as it is written. */
export function equationOf({ w, b }: LineScore): string {
  return t('brain.line.equation', {
    w: formatParameter(w),
    sign: b < 0 ? '−' : '+',
    b: formatParameter(Math.abs(b)),
  });
}

export function bestName(rate: number): string {
  return t('brain.best', { rate: formatRate(rate) });
}

/** The first of the leaderboard, where another model answers more of the test data right. */
function lowestName(rate: number): string {
  return t('brain.lowest', { rate: formatRate(rate) });
}

function withDiverged({ members }: ClassBrainResult['plan']): string {
  const count = members.reduce((n, each) => n + (each.divergedAt === null ? 0 : each.students), 0);
  return t('brain.withDiverged', { count });
}
