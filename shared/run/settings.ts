import { MAX_EVALUATIONS, MAX_WINDOWS, MIN_EVALUATIONS } from '../limits.ts';

/**
 * What a run is, apart from the learning rate: from these settings and a learning rate every loss
 * follows, bit for bit, on every machine.
 */
export type RunSettings = LinearSettings | MnistSettings;

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

/** A classifier of the 28×28 digits, trained on mini-batches. */
export interface MnistSettings extends Common {
  experiment: 'mnist';
  model: 'softmax';
  /** Training images used, from the first on. */
  images: ImageCount;
  batchSize: number;
  order: 'file' | 'shuffle';
}

/** Where the parameters start: at zero, at given values (perceptron only), or drawn from the seed. */
export type Init = { kind: 'zeros' } | { kind: 'values'; w: number; b: number } | { kind: 'seed' };

export type Experiment = RunSettings['experiment'];
export type Model = RunSettings['model'];

export const IMAGE_COUNTS = [2_000, 10_000, 60_000] as const;
export type ImageCount = (typeof IMAGE_COUNTS)[number];

export const TEST_IMAGES = 10_000;

/** Steps that visit every training example once; the last batch may be smaller. */
export function stepsPerEpoch(settings: RunSettings): number {
  switch (settings.experiment) {
    case 'linear':
      return 1;
    case 'mnist':
      return Math.ceil(settings.images / settings.batchSize);
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

/**
 * Steps done at each evaluation on the test images: evenly spread, the last at the end. As many as
 * the run sees test sets of images, so that a slow device spends most of its time on training.
 * Empty for an experiment that has no test images.
 */
export function evaluationSteps(settings: RunSettings): number[] {
  if (settings.experiment !== 'mnist') return [];
  const affordable = Math.ceil((settings.steps * settings.batchSize) / TEST_IMAGES);
  const wanted = Math.min(Math.max(affordable, MIN_EVALUATIONS), MAX_EVALUATIONS);
  const count = Math.min(wanted, settings.steps);
  return Array.from({ length: count }, (_, k) => Math.ceil(((k + 1) * settings.steps) / count));
}
