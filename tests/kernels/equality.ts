/** What holds the kernels to the readable code; runs in Node and, bundled, in a browser. */
import fc from 'fast-check';
import { PIXELS } from '../../shared/data/idx.ts';
import { ACTIVATIONS, type ActivationName } from '../../shared/model/activation.ts';
import { CLASSES, type Classifier } from '../../shared/model/classifier.ts';
import { Convnet } from '../../shared/model/convnet.ts';
import { fingerprint } from '../../shared/model/fingerprint.ts';
import { KernelClassifier } from '../../shared/model/kernelClassifier.ts';
import { layOutConvnet, layOutMlp, layOutSoftmax } from '../../shared/model/kernelModels.ts';
import type { KernelSpace } from '../../shared/model/kernelSpace.ts';
import { Mlp } from '../../shared/model/mlp.ts';
import { Random } from '../../shared/model/random.ts';
import { SoftmaxRegression } from '../../shared/model/softmaxRegression.ts';
import { noise } from './examples.ts';

export interface Case {
  model: 'softmax' | 'mlp' | 'convnet';
  inputs: number;
  hidden: number;
  classes: number;
  activation: ActivationName;
  batchSize: number;
  examples: number;
  /** Share of the inputs that are 0. */
  zeros: number;
  /** Initial weights lie within ± this. */
  weights: number;
  /** log10 of the learning rate. */
  rate: number;
  steps: number;
  seed: number;
}

/** Random cases. A rate of up to 10⁷ makes many of them diverge, one beyond 10³⁰ leave the numbers. */
export const CASES = fc
  .record({
    model: fc.constantFrom('softmax', 'mlp'),
    inputs: fc.integer({ min: 1, max: 90 }),
    hidden: fc.integer({ min: 1, max: 40 }),
    classes: fc.integer({ min: 2, max: 16 }),
    activation: fc.constantFrom(...ACTIVATIONS),
    batchSize: fc.integer({ min: 1, max: 40 }),
    examples: fc.integer({ min: 1, max: 60 }),
    zeros: fc.constantFrom(0, 0.5, 0.8, 1),
    weights: fc.constantFrom(0, 1e-40, 0.05, 1, 30),
    rate: fc.oneof(
      { weight: 3, arbitrary: fc.double({ min: -5, max: 7, noNaN: true }) },
      { weight: 1, arbitrary: fc.double({ min: 15, max: 38, noNaN: true }) },
    ),
    steps: fc.integer({ min: 1, max: 12 }),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  })
  .map((each): Case => each as Case);

export const CONVNET_CASES = CASES.map((each): Case => ({
  ...each,
  model: 'convnet',
  inputs: PIXELS,
  classes: CLASSES,
  batchSize: (each.batchSize % 5) + 1,
  steps: (each.steps % 3) + 1,
}));

const LEAVING = {
  inputs: 30,
  hidden: 9,
  classes: 5,
  examples: 40,
  zeros: 0.5,
  weights: 1,
  steps: 6,
  seed: 3,
} as const;

/**
 * Runs of each model that leave the numbers, whatever the random ones do. The batches are no powers
 * of two, so that the rate's division by their size rounds.
 */
export const LEAVING_CASES: readonly Case[] = [
  { ...LEAVING, model: 'softmax', activation: 'relu', batchSize: 3, rate: 38.5 },
  ...ACTIVATIONS.map((activation): Case => ({
    ...LEAVING,
    model: 'mlp',
    activation,
    batchSize: 7,
    rate: 38,
  })),
  ...[1, 3, 5].map((batchSize): Case => {
    const image = { inputs: PIXELS, classes: CLASSES, activation: 'relu' } as const;
    return {
      ...LEAVING,
      ...image,
      model: 'convnet',
      weights: 0.05,
      examples: 8,
      batchSize,
      rate: 20,
    };
  }),
];

/** Trains and evaluates both implementations side by side; says where they first differ. */
export function difference(each: Case, space: KernelSpace): string | null {
  const { readable, set, batches } = begin(each);
  const start = readable.parameters.map((values) => values.slice());
  const kernels = new KernelClassifier(space, layOut(each, space), each.batchSize, start);
  const rate = 10 ** each.rate;
  for (const [step, batch] of batches.entries()) {
    const expected = readable.trainStep(set, batch, batch.length, rate);
    const found = kernels.trainStep(set, batch, batch.length, rate);
    if (!Object.is(found, expected)) return `loss of step ${step}: ${found}, not ${expected}`;
    if (fingerprint(kernels.parameters) !== fingerprint(readable.parameters)) {
      return `parameters after step ${step}`;
    }
  }
  return evaluation(readable, kernels, each);
}

/** Whether a parameter of the readable code is infinite or NaN in the end. */
export function leavesNumbers(each: Case): boolean {
  const { readable, set, batches } = begin(each);
  for (const batch of batches) readable.trainStep(set, batch, batch.length, 10 ** each.rate);
  return readable.parameters.some((values) => !values.every(Number.isFinite));
}

function begin(each: Case) {
  const readable = createReadable(each);
  const random = new Random(each.seed, 2);
  for (const values of readable.parameters) {
    for (let i = 0; i < values.length; i++) {
      // Of weights without a size, half are −0, which some sums feel.
      const value = random.uniform(-each.weights, each.weights);
      values[i] = value === 0 && random.below(2) === 0 ? -0 : value;
    }
  }
  const batches = Array.from({ length: each.steps }, (_, step) => {
    // The last batch of an epoch may be smaller.
    const size = step % 3 === 2 ? Math.ceil(each.batchSize / 2) : each.batchSize;
    return Uint32Array.from({ length: size }, () => random.below(each.examples));
  });
  const set = noise(each.examples, each.inputs, each.classes, each.zeros, each.seed);
  return { readable, set, batches };
}

function evaluation(readable: Classifier, kernels: Classifier, each: Case): string | null {
  const set = noise(each.examples, each.inputs, each.classes, each.zeros, each.seed + 1);
  const expected = { loss: 0, correct: 0 };
  const found = { loss: 0, correct: 0 };
  const middle = Math.floor(each.examples / 2);
  readable.evaluate(set, 0, each.examples, expected);
  kernels.evaluate(set, 0, middle, found);
  kernels.evaluate(set, middle, each.examples, found);
  if (!Object.is(found.loss, expected.loss)) return `test loss ${found.loss}, not ${expected.loss}`;
  if (found.correct !== expected.correct) return `${found.correct} right, not ${expected.correct}`;
  const p = new Float32Array(each.classes);
  const q = new Float32Array(each.classes);
  const loss = readable.classify(set, 0, p);
  if (!Object.is(kernels.classify(set, 0, q), loss)) return 'cross-entropy of one example';
  return fingerprint([q]) === fingerprint([p])
    ? null
    : `probabilities ${q.join()}, not ${p.join()}`;
}

function createReadable({ model, inputs, hidden, classes, activation }: Case): Classifier {
  switch (model) {
    case 'softmax':
      return new SoftmaxRegression(inputs, classes);
    case 'mlp':
      return new Mlp(inputs, hidden, classes, activation);
    case 'convnet':
      return new Convnet();
  }
}

function layOut(
  { model, inputs, hidden, classes, activation, batchSize }: Case,
  space: KernelSpace,
) {
  switch (model) {
    case 'softmax':
      return layOutSoftmax(space, inputs, classes, batchSize);
    case 'mlp':
      return layOutMlp(space, inputs, hidden, classes, activation, batchSize);
    case 'convnet':
      return layOutConvnet(space, batchSize);
  }
}
