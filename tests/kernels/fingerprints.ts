import { PIXELS } from '../../shared/data/idx.ts';
import { ImageSet } from '../../shared/data/images.ts';
import { WORKSHOP, WORKSHOP_START } from '../../shared/data/linear.ts';
import { fingerprint } from '../../shared/model/fingerprint.ts';
import type { KernelSpace } from '../../shared/model/kernelSpace.ts';
import { Random } from '../../shared/model/random.ts';
import { createLearner, toyData, type TrainingData } from '../../shared/run/learner.ts';
import type { MnistSettings, RunSettings, ToySettings } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';

const mnist = {
  experiment: 'mnist',
  init: { kind: 'seed' },
  seed: 2026,
  images: 2_000,
  batchSize: 32,
  order: 'shuffle',
} as const satisfies Partial<MnistSettings>;

const toy = {
  experiment: 'toy',
  model: 'mlp',
  init: { kind: 'seed' },
  seed: 2026,
  points: 200,
  hidden: 13,
  batchSize: 32,
  order: 'shuffle',
  steps: 300,
} as const satisfies Partial<ToySettings>;

interface Pinned {
  settings: RunSettings;
  learningRate: number;
  /** Of the parameters at the end: a change here changes every run that was ever recorded. */
  fingerprint: string;
}

/** Short runs of every model, and what their last bits must be, everywhere and for ever. */
export const PINNED: Record<string, Pinned> = {
  perceptron: {
    settings: {
      experiment: 'linear',
      model: 'perceptron',
      init: { kind: 'values', ...WORKSHOP_START },
      seed: 1,
      steps: 200,
    },
    learningRate: 0.5,
    fingerprint: 'f8c03c8c177ade1b',
  },
  softmax: {
    settings: { ...mnist, model: 'softmax', steps: 40 },
    learningRate: 0.1,
    fingerprint: '3e2daccb205ce6eb',
  },
  'softmax, diverging': {
    settings: { ...mnist, model: 'softmax', steps: 10 },
    learningRate: 1e4,
    fingerprint: '2bd5f4825bbebe3e',
  },
  mlp: {
    settings: { ...mnist, model: 'mlp', steps: 40 },
    learningRate: 0.1,
    fingerprint: '24943d301167fe55',
  },
  convnet: {
    settings: { ...mnist, model: 'convnet', steps: 6 },
    learningRate: 0.05,
    fingerprint: '2cb59d618b7689cf',
  },
  'toy, relu': {
    settings: { ...toy, shape: 'moons', activation: 'relu' },
    learningRate: 0.3,
    fingerprint: 'b4d2d8e4900b111b',
  },
  'toy, tanh': {
    settings: { ...toy, shape: 'spirals', activation: 'tanh' },
    learningRate: 0.3,
    fingerprint: '461a49bf3e82f5ed',
  },
  'toy, sigmoid': {
    settings: { ...toy, shape: 'circles', activation: 'sigmoid' },
    learningRate: 1,
    fingerprint: '6d3d6c829c0e1b9f',
  },
};

/** Pictures that no file is needed for: strokes of ink on paper, four fifths of it blank. */
function strokes(count: number, seed: number): ImageSet {
  const random = new Random(seed, 1);
  return ImageSet.of({
    images: Uint8Array.from({ length: count * PIXELS }, () =>
      random.below(5) ? 0 : random.below(256),
    ),
    labels: Uint8Array.from({ length: count }, () => random.below(10)),
  });
}

let images: TrainingData | null = null;

function data(settings: RunSettings): TrainingData {
  switch (settings.experiment) {
    case 'linear':
      return { experiment: 'linear', points: WORKSHOP };
    case 'toy':
      return toyData(settings);
    case 'mnist':
      return (images ??= { experiment: 'mnist', train: strokes(2_000, 1), test: strokes(200, 2) });
  }
}

/** The fingerprint of a pinned run, computed here and now. */
export function computed({ settings, learningRate }: Pinned, space: KernelSpace | null): string {
  const learner = createLearner(settings, learningRate, data(settings), space);
  const training = new Training(settings, learner);
  training.advance(settings.steps, () => false);
  return fingerprint(learner.parameters);
}
