import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { judgeAll, type GoodRates } from '../../shared/run/judgement.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { bandText } from '../guess/bandText.ts';
import { formatCount, formatLoss, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { comparedLoss } from './comparedLoss.ts';

/** What the run has shown, a sentence each. */
export function findings(run: RunResult): string[] {
  const students = studentsOf(run);
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
  const good = goodOf(run);
  if (good) found.push(bandText(good));
  const bets = students.filter(({ bet, outcome }) => bet !== null && outcome !== null);
  const exact = bets.filter(({ bet, outcome }) => bet === outcome);
  if (bets.length > 0) {
    found.push(t('report.guesses', { count: exact.length, of: formatCount(bets.length) }));
  }
  return found;
}

/** Who had a learning rate. */
export function studentsOf({ participants }: RunResult): ParticipantResults[] {
  return participants.filter(({ rate }) => rate !== null);
}

/** The learning rates that were good; null where there is nothing to tell apart. */
export function goodOf(run: RunResult): GoodRates | null {
  const attempts = studentsOf(run)
    .filter(({ verdict }) => verdict !== 'refuted')
    .map(({ rate, losses, divergedAt }) => ({
      rate: rate!,
      losses: losses.map(({ loss }) => loss),
      hasDiverged: divergedAt !== null,
    }));
  return judgeAll(attempts, run.arrived, rankingSpan(run.settings)).good;
}
