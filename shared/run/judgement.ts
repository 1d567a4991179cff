import { rankingLoss } from './ranking.ts';

/** What became of a learning rate. */
export interface Tried {
  rate: number;
  /** Null for a diverged run. */
  loss: number | null;
}

/** The ends of the learning rates that are neither too low nor too high. */
export interface GoodRates {
  best: number;
  /** Below this a rate is too low; null where none was tried that is. */
  from: number | null;
  /** Above this a rate is too high; null where none was tried that is. */
  to: number | null;
}

/** What a learning rate turns out to be, from the lowest on. */
export const JUDGEMENTS = ['tooLow', 'good', 'tooHigh', 'diverged'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** With fewer different rates there is nothing to tell apart. */
const FEWEST_RATES = 3;

/** A good rate leaves at most this share of what the best one has gained. */
const MISSED = 0.05;

/**
 * The good rates: the best one and its neighbours that have gained at least 95 % of what it has
 * gained since the start, and fallen by at least half as many decades. The ends lie half-way, on a
 * log axis, to the first that is not good. Null while there is nothing to tell apart.
 * @param start the loss with which everybody began
 */
export function goodRates(tried: readonly Tried[], start: number): GoodRates | null {
  const rates = new Map<number, number[]>();
  for (const { rate, loss } of tried) {
    const losses = rates.get(rate) ?? [];
    losses.push(loss ?? Infinity);
    rates.set(rate, losses);
  }
  const all = [...rates]
    .map(([rate, losses]) => ({ rate, loss: losses.sort((a, b) => a - b)[losses.length >> 1]! }))
    .sort((a, b) => a.rate - b.rate);
  if (all.length < FEWEST_RATES) return null;
  const best = all.reduce((least, each) => (each.loss < least.loss ? each : least));
  if (!(best.loss < start)) return null;
  // A full batch falls by twenty decades: there, who has come half as many is only half as fast.
  const limit = Math.min(best.loss + MISSED * (start - best.loss), Math.sqrt(start * best.loss));
  const at = all.indexOf(best);
  const below = all.findLastIndex(({ loss }, k) => k < at && loss > limit);
  const above = all.findIndex(({ loss }, k) => k > at && loss > limit);
  const halfWay = (k: number) => Math.sqrt(all[k]!.rate * all[k + 1]!.rate);
  return {
    best: best.rate,
    from: below < 0 ? null : halfWay(below),
    to: above < 0 ? null : halfWay(above - 1),
  };
}

export function judge({ rate, loss }: Tried, good: GoodRates | null): Judgement | null {
  if (loss === null) return 'diverged';
  if (good === null) return null;
  if (good.from !== null && rate < good.from) return 'tooLow';
  return good.to !== null && rate > good.to ? 'tooHigh' : 'good';
}

/** One participant's run, as the judgement looks at it. */
export interface Attempt {
  rate: number;
  /** Mean loss of each closed reporting window. */
  losses: ArrayLike<number>;
  hasDiverged: boolean;
}

/**
 * What each learning rate of a class turned out to be, all compared at the same window. Null for
 * who has not come that far, and for everybody who has not diverged while there is nothing to tell apart.
 * @param arrived windows at which all are compared
 * @param span windows whose mean loss is compared
 */
export function judgeAll(
  attempts: readonly Attempt[],
  arrived: number,
  span: number,
): { judgements: (Judgement | null)[]; good: GoodRates | null } {
  const tried = attempts.map(({ rate, losses, hasDiverged }): Tried | null => {
    if (hasDiverged) return { rate, loss: null };
    const loss = losses.length < arrived ? null : rankingLoss(losses, arrived, span);
    return loss === null ? null : { rate, loss };
  });
  const compared = tried.filter((each) => each !== null);
  const firsts = attempts.flatMap(({ losses }) => losses[0] ?? []).sort((a, b) => a - b);
  const good = goodRates(compared, firsts[firsts.length >> 1] ?? 0);
  return { judgements: tried.map((each) => each && judge(each, good)), good };
}
