import type { ParticipantView } from '../../shared/protocol/views.ts';
import { BETS, BET_POINTS, betPoints, type Bet } from '../../shared/run/bets.ts';
import { rateFraction } from '../../shared/run/rates.ts';

/** Who has bet one and the same word. */
export interface BetTally {
  bet: Bet;
  count: number;
  /** Of those that have been decided. */
  decided: number;
  exact: number;
  /** By learning rate, from the lowest on. */
  bins: BetBin[];
}

export interface BetBin {
  exact: number;
  /** Not exactly right, or not decided yet. */
  other: number;
}

/** Learning rates are told apart no finer than this. */
export const BINS = 12;

/** The bets that can be seen, by their word and by learning rate. */
export function tallyBets(
  participants: Iterable<ParticipantView>,
  range: { from: number; to: number },
): BetTally[] {
  const low = Math.min(range.from, range.to);
  const high = Math.max(range.from, range.to);
  const tallies = BETS.map((bet): BetTally => {
    const bins = Array.from({ length: BINS }, () => ({ exact: 0, other: 0 }));
    return { bet, count: 0, decided: 0, exact: 0, bins };
  });
  for (const { rate, bet, outcome } of participants) {
    const tally = tallies.find((each) => each.bet === bet);
    if (!tally || !bet || bet === 'secret' || rate === null) continue;
    const place = Math.floor(rateFraction(low, high, rate) * BINS);
    const bin = tally.bins[Math.min(Math.max(place, 0), BINS - 1)]!;
    const points = betPoints(bet, outcome ?? null);
    const isExact = points === BET_POINTS.exact;
    tally.count += 1;
    tally.decided += Number(points !== null);
    tally.exact += Number(isExact);
    if (isExact) bin.exact += 1;
    else bin.other += 1;
  }
  return tallies;
}

/** How many have bet, whether what is seen or not, and how many could. */
export function betCount(participants: Iterable<ParticipantView>): { placed: number; of: number } {
  let placed = 0;
  let of = 0;
  for (const { rate, bet } of participants) {
    if (bet !== undefined) placed += 1;
    if (bet !== undefined || rate !== null) of += 1;
  }
  return { placed, of };
}
