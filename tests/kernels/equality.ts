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

/** Random cases; a rate of up to 10⁷ makes many of them diverge. */
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
    rate: fc.double({ min: -5, max: 7, noNaN: true }),
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

/** Trains and evaluates both implementations side by side; says where they first differ. */
export function difference(each: Case, space: KernelSpace): string | null {
  const readable = createReadable(each);
  const random = new Random(each.seed, 2);
  const start = readable.parameters.map((values) => {
    for (let i = 0; i < values.length; i++) {
      // Of weights without a size, half are −0, which some sums feel.
      const value = random.uniform(-each.weights, each.weights);
      values[i] = value === 0 && random.below(2) === 0 ? -0 : value;
    }
    return values.slice();
  });
  const kernels = new KernelClassifier(space, layOut(each, space), each.batchSize, start);
  const set = noise(each.examples, each.inputs, each.classes, each.zeros, each.seed);
  const batch = new Uint32Array(each.batchSize);
  const rate = 10 ** each.rate;
  for (let step = 0; step < each.steps; step++) {
    for (let k = 0; k < batch.length; k++) batch[k] = random.below(each.examples);
    // The last batch of an epoch may be smaller.
    const size = step % 3 === 2 ? Math.ceil(each.batchSize / 2) : each.batchSize;
    const expected = readable.trainStep(set, batch, size, rate);
    const found = kernels.trainStep(set, batch, size, rate);
    if (!Object.is(found, expected)) return `loss of step ${step}: ${found}, not ${expected}`;
    if (fingerprint(kernels.parameters) !== fingerprint(readable.parameters)) {
      return `parameters after step ${step}`;
    }
  }
  return evaluation(readable, kernels, each);
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
