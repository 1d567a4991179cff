import { JUDGEMENTS, type Judgement } from './judgement.ts';

/** What a student expects of its own learning rate before a run. */
export const BETS = JUDGEMENTS;
export type Bet = Judgement;

/**
 * For the right word, and for the right side: who expects `tooHigh` of a rate that diverges knows
 * that it is too high, and not yet how much.
 */
export const BET_POINTS = { exact: 2, side: 1 } as const;

/** Points of a bet; null where the run has not shown what the rate is. */
export function betPoints(bet: Bet, outcome: Judgement | null): number | null {
  if (outcome === null) return null;
  if (bet === outcome) return BET_POINTS.exact;
  return isAbove(bet) && isAbove(outcome) ? BET_POINTS.side : 0;
}

function isAbove(judgement: Judgement): boolean {
  return judgement === 'tooHigh' || judgement === 'diverged';
}
