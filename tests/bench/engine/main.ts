/**
 * Times the training engine as it is built: batch-32 steps of gradient descent and evaluations of
 * the 10,000 test images, in the kernels and in the readable code, in this one process.
 */
import { cpus } from 'node:os';
import process from 'node:process';
import type { KernelSpace } from '../../../shared/model/kernelSpace.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';
import { median, perSecond } from './timing.ts';

/** The module that the build made of `path`, typed as its source. */
const built = <Module>(path: string) =>
  import(new URL(`../../../dist/${path}`, import.meta.url).href) as Promise<Module>;

const { readMnist } =
  await built<typeof import('../../../server/data/mnist.ts')>('server/data/mnist.js');
const { createKernelSpace } =
  await built<typeof import('../../../server/data/kernels.ts')>('server/data/kernels.js');
const { ImageSet } =
  await built<typeof import('../../../shared/data/images.ts')>('shared/data/images.js');
const { createClassifier } = await built<
  typeof import('../../../shared/model/createClassifier.ts')
>('shared/model/createClassifier.js');

const BATCH = 32;
const RATE = 0.1;
/** Each figure is the median of this many rounds, after one that warms up. */
const ROUNDS = 7;
/** The readable convnet needs seconds for all test images. */
const SLOW_ROUNDS = 5;

interface Figures {
  stepsPerSecond: number;
  /** Of all 10,000 test images, in ms. */
  evaluationMs: number;
}

const mnist = await readMnist();
const train = ImageSet.of(mnist.train);
const test = ImageSet.of(mnist.test);

function settings(model: MnistSettings['model']): MnistSettings {
  const init = { kind: 'seed' } as const;
  const common = { experiment: 'mnist', images: 60_000, order: 'file', seed: 1, steps: 1 } as const;
  return { ...common, model, init, batchSize: BATCH };
}

function measure(model: MnistSettings['model'], space: KernelSpace | null): Figures {
  const classifier = createClassifier(settings(model), space);
  const batch = new Uint32Array(BATCH);
  let step = 0;
  const train32 = () => {
    const from = (step++ * BATCH) % train.capacity;
    for (let k = 0; k < BATCH; k++) batch[k] = from + k;
    classifier.trainStep(train, batch, BATCH, RATE);
  };
  const evaluate = () => {
    const tally = { loss: 0, correct: 0 };
    const begun = performance.now();
    classifier.evaluate(test, 0, test.capacity, tally);
    return performance.now() - begun;
  };
  const rates = Array.from({ length: ROUNDS + 1 }, () => perSecond(train32)).slice(1);
  const rounds = space ? ROUNDS : SLOW_ROUNDS;
  const times = Array.from({ length: rounds + 1 }, evaluate).slice(1);
  return {
    stepsPerSecond: Number(median(rates).toPrecision(4)),
    evaluationMs: Number(median(times).toPrecision(4)),
  };
}

const models: Record<string, { kernels: Figures | null; readable: Figures }> = {};
for (const model of ['softmax', 'mlp', 'convnet'] as const) {
  const space = await createKernelSpace();
  models[model] = {
    kernels: space && measure(model, space),
    readable: measure(model, null),
  };
}

if (process.argv.includes('--json')) {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown' };
  console.log(
    JSON.stringify({
      ...machine,
      batch: BATCH,
      rounds: ROUNDS,
      readableEvaluationRounds: SLOW_ROUNDS,
      models,
    }),
  );
} else {
  console.log('| model   | code     | steps/s | 10,000 test images |');
  console.log('| ------- | -------- | ------: | -----------------: |');
  for (const [model, codes] of Object.entries(models)) {
    for (const [code, figures] of Object.entries(codes)) {
      const steps = String(figures?.stepsPerSecond ?? 'none').padStart(7);
      const evaluation = `${figures?.evaluationMs ?? '–'} ms`.padStart(18);
      console.log(`| ${model.padEnd(7)} | ${code.padEnd(8)} | ${steps} | ${evaluation} |`);
    }
  }
}
