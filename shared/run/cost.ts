import { evaluationSteps, testExamples, type Model, type RunSettings } from './settings.ts';

/** Microseconds of one core for one example. */
interface Cost {
  /** Both passes, and the example's share of the update. */
  train: number;
  /** The forward pass alone. */
  classify: number;
}

/**
 * What a small server needs with the kernels, as `npx tsx tests/bench/replayCost.ts` measures it,
 * rounded up. Only to choose how many runs are replayed: never to decide a result.
 */
const COST: Record<Model, Cost> = {
  perceptron: { train: 0.5, classify: 0 },
  softmax: { train: 2.5, classify: 1 },
  mlp: { train: 16, classify: 8 },
  convnet: { train: 120, classify: 40 },
};
const TOY: Cost = { train: 5, classify: 2 };

/**
 * About how long a training takes from its start to `steps` steps done, in ms of such a core.
 * @param evaluations how many of the run's evaluations fall into those steps
 */
export function trainingCost(settings: RunSettings, steps: number, evaluations: number): number {
  const { train, classify } = settings.experiment === 'toy' ? TOY : COST[settings.model];
  if (settings.experiment === 'linear') return (steps * train) / 1_000;
  const { batchSize } = settings;
  return (steps * batchSize * train + evaluations * testExamples(settings) * classify) / 1_000;
}

/** The evaluations that are due within the first `steps` steps. */
export function evaluationsWithin(settings: RunSettings, steps: number): number {
  return evaluationSteps(settings).filter((due) => due <= steps).length;
}
