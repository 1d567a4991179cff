/**
 * Measures what `shared/run/cost.ts` says: microseconds for one example trained and classified, by
 * model, with the kernels as the replays use them. `npx tsx tests/bench/replayCost.ts`, built before.
 */
import { loadRunData } from '../../server/data/runData.ts';
import { createLearner } from '../../shared/run/learner.ts';
import { MNIST_MODELS, type RunSettings } from '../../shared/run/settings.ts';

const common = { seed: 1, steps: 1_000_000, init: { kind: 'seed' } } as const;
const batched = { batchSize: 32, order: 'shuffle' } as const;
const images = { ...batched, experiment: 'mnist', images: 2_000 } as const;
const plane = { ...batched, experiment: 'toy', shape: 'spirals', points: 500 } as const;
const RUNS: RunSettings[] = [
  { ...common, experiment: 'linear', model: 'perceptron' },
  ...MNIST_MODELS.map((model) => ({ ...common, ...images, model })),
  { ...common, ...plane, model: 'mlp', hidden: 32, activation: 'tanh' },
];
const MS = 1_500;

for (const settings of RUNS) {
  const { data, space } = await loadRunData(settings);
  const learner = createLearner(settings, 0.1, data, space);
  const batch = settings.experiment === 'linear' ? 1 : settings.batchSize;
  let step = 0;
  const train = timed(() => void learner.step(step++)) / batch;
  const slice = learner.evaluationSlice;
  const tally = { loss: 0, correct: 0 };
  const classify = slice > 0 ? timed(() => learner.evaluate(tally, 0, slice)) / slice : 0;
  const figures = { train: train.toFixed(2), classify: classify.toFixed(2) };
  console.log(settings.experiment, settings.model, figures, 'µs');
}

/** Microseconds of one call, on the average of those that fit in `MS`. */
function timed(act: () => void): number {
  for (const warm = performance.now(); performance.now() - warm < MS / 3;) act();
  const begun = performance.now();
  let calls = 0;
  for (; performance.now() - begun < MS; calls++) act();
  return ((performance.now() - begun) * 1_000) / calls;
}
