import type { Shape } from '../data/toy.ts';
import { MAX_EVALUATIONS, MAX_WINDOWS, MIN_EVALUATIONS } from '../limits.ts';
import type { ActivationName } from '../model/activation.ts';

/**
 * What a run is, apart from the learning rate: from these settings and a learning rate every loss
 * follows, bit for bit, on every machine.
 */
export type RunSettings = LinearSettings | MnistSettings | ToySettings;

interface Common {
  /** Drives the initial weights (where `init` asks for it) and the order of the batches. */
  seed: number;
  /** Length of the run in steps of gradient descent. */
  steps: number;
  init: Init;
}

/** The perceptron ŷ = w·x + b on the workshop's points: full batch, so a step is an epoch. */
export interface LinearSettings extends Common {
  experiment: 'linear';
  model: 'perceptron';
}

/** What all mini-batch experiments have. */
interface Batched extends Common {
  batchSize: number;
  order: 'file' | 'shuffle';
}

/** A classifier of the 28×28 digits, trained on mini-batches. */
export interface MnistSettings extends Batched {
  experiment: 'mnist';
  model: (typeof MNIST_MODELS)[number];
  /** Training images used, from the first on. */
  images: ImageCount;
}

/** A small network 2 → hidden → 2 on points in the plane, trained on mini-batches. */
export interface ToySettings extends Batched {
  experiment: 'toy';
  model: 'mlp';
  shape: Shape;
  /** Points to train on; as many others are there to test on. */
  points: number;
  /** Neurons in the hidden layer. */
  hidden: number;
  activation: ActivationName;
}

/** The settings of an experiment that trains a classifier on mini-batches. */
export type ClassifierSettings = MnistSettings | ToySettings;

/**
 * Where the parameters start: at zero, at given values (perceptron only), drawn from the seed, or
 * on a sine (ramp: for comparisons with other programs, which have other random numbers).
 */
export type Init =
  | { kind: 'zeros' }
  | { kind: 'values'; w: number; b: number }
  | { kind: 'seed' }
  | { kind: 'ramp' };

export const MNIST_MODELS = ['softmax', 'mlp', 'convnet'] as const;

export type Experiment = RunSettings['experiment'];
export type Model = RunSettings['model'];

export const IMAGE_COUNTS = [2_000, 10_000, 60_000] as const;
export type ImageCount = (typeof IMAGE_COUNTS)[number];

export const TEST_IMAGES = 10_000;

/** Training examples of one epoch. */
export function trainingExamples(settings: ClassifierSettings): number {
  return settings.experiment === 'mnist' ? settings.images : settings.points;
}

/** Examples that an evaluation looks at. */
export function testExamples(settings: ClassifierSettings): number {
  return settings.experiment === 'mnist' ? TEST_IMAGES : settings.points;
}

/** Steps that visit every training example once; the last batch may be smaller. */
export function stepsPerEpoch(settings: RunSettings): number {
  switch (settings.experiment) {
    case 'linear':
      return 1;
    case 'mnist':
    case 'toy':
      return Math.ceil(trainingExamples(settings) / settings.batchSize);
  }
}

/**
 * The x grid that all students of a run share: reporting window k holds the mean loss of steps
 * k·every … (k+1)·every − 1, the last window what remains.
 */
export interface Grid {
  steps: number;
  every: number;
  windows: number;
}

/** The finest grid of at most 1,000 windows. */
export function reportingGrid(steps: number, every = Math.ceil(steps / MAX_WINDOWS)): Grid {
  return { steps, every, windows: Math.ceil(steps / every) };
}

/** Steps done when window `k` closes. */
export function windowEnd(grid: Grid, k: number): number {
  return Math.min((k + 1) * grid.every, grid.steps);
}

/** Windows that are closed when `steps` steps are done. */
export function windowsClosed(grid: Grid, steps: number): number {
  return steps >= grid.steps ? grid.windows : Math.floor(steps / grid.every);
}

/** Steps done when the first `windows` windows are closed. */
export function stepsClosed(grid: Grid, windows: number): number {
  return windows === 0 ? 0 : windowEnd(grid, windows - 1);
}

/**
 * Whether a column of `windows` values is what a run leaves that diverged at `step`: the windows
 * closed before it, or all of them where only the evaluation after the last step showed it.
 */
export function endsAt(grid: Grid, windows: number, step: number): boolean {
  if (step >= grid.steps) return false;
  const showedAfterTheLast = step === grid.steps - 1 && windows === grid.windows;
  return showedAfterTheLast || windows === Math.floor(step / grid.every);
}

/**
 * Steps done at each evaluation on the test examples: evenly spread, the last at the end. As many as
 * the run sees test sets of examples, so that a slow device spends most of its time on training.
 * Empty for an experiment that has no test examples.
 */
export function evaluationSteps(settings: RunSettings): number[] {
  if (settings.experiment === 'linear') return [];
  const affordable = Math.ceil((settings.steps * settings.batchSize) / testExamples(settings));
  const wanted = Math.min(Math.max(affordable, MIN_EVALUATIONS), MAX_EVALUATIONS);
  const count = Math.min(wanted, settings.steps);
  return Array.from({ length: count }, (_, k) => Math.ceil(((k + 1) * settings.steps) / count));
}
