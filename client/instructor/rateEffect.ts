import { WORKSHOP } from '../../shared/data/linear.ts';
import { edgeOfStability } from '../../shared/model/edge.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { dealRate } from '../../shared/run/rates.ts';

/** How a plan gives its rates to the class that is in the room. */
export interface RateEffect {
  students: number;
  /** The lowest and the highest that are dealt. */
  from: number;
  to: number;
  /** Different rates among them. */
  different: number;
  /** Of the linear model: the rate above which it diverges, and how many are dealt a higher one. */
  edge: { rate: number; above: number } | null;
}

/**
 * @param indices participants of the session: each is dealt a rate by its index
 * @returns null where students pick, or nobody is there to be dealt a rate
 */
export function rateEffect({ settings, rates }: RunPlan, indices: readonly number[]) {
  const dealt = indices.flatMap((index) => dealRate(rates, index) ?? []);
  if (dealt.length === 0) return null;
  const edge = settings.experiment === 'linear' ? edgeOfStability(WORKSHOP.x) : null;
  const effect: RateEffect = {
    students: dealt.length,
    from: Math.min(...dealt),
    to: Math.max(...dealt),
    different: new Set(dealt).size,
    edge: edge === null ? null : { rate: edge, above: dealt.filter((rate) => rate > edge).length },
  };
  return effect;
}
