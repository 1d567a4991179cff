import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageSet } from '../../../shared/data/images.ts';
import { PIXELS } from '../../../shared/data/idx.ts';
import { WORKSHOP, WORKSHOP_START } from '../../../shared/data/linear.ts';
import { Random } from '../../../shared/model/random.ts';
import {
  createLearner,
  toyData,
  type Learner,
  type TrainingData,
} from '../../../shared/run/learner.ts';
import {
  endsAt,
  evaluationSteps,
  reportingGrid,
  windowEnd,
  type RunSettings,
} from '../../../shared/run/settings.ts';
import { DIVERGENCE_LOSS, Training } from '../../../shared/run/training.ts';

const linear: RunSettings = {
  experiment: 'linear',
  model: 'perceptron',
  init: { kind: 'values', ...WORKSHOP_START },
  seed: 1,
  steps: 100,
};
const mnist: RunSettings = {
  experiment: 'mnist',
  model: 'softmax',
  init: { kind: 'seed' },
  seed: 9,
  steps: 60,
  images: 2_000,
  batchSize: 48,
  order: 'shuffle',
};

/** Images of noise: what is tested here is the order of things, not what is learnt. */
function noise(count: number, seed: number): ImageSet {
  const random = new Random(seed, 1);
  return ImageSet.of({
    images: Uint8Array.from({ length: count * PIXELS }, () =>
      random.below(5) ? 0 : random.below(256),
    ),
    labels: Uint8Array.from({ length: count }, () => random.below(10)),
  });
}
const toy: RunSettings = {
  experiment: 'toy',
  model: 'mlp',
  init: { kind: 'seed' },
  seed: 9,
  steps: 60,
  shape: 'moons',
  points: 100,
  hidden: 6,
  activation: 'tanh',
  batchSize: 7,
  order: 'shuffle',
};
const train = noise(2_000, 1);
const test = noise(600, 2);

function data(settings: RunSettings): TrainingData {
  switch (settings.experiment) {
    case 'linear':
      return { experiment: 'linear', points: WORKSHOP };
    case 'toy':
      return toyData(settings);
    case 'mnist':
      return { experiment: 'mnist', train, test };
  }
}

function start(settings: RunSettings, learningRate: number): Training {
  return new Training(settings, createLearner(settings, learningRate, data(settings)));
}

function result(training: Training) {
  return {
    losses: [...training.losses.slice(0)],
    evaluations: [...training.evaluations.slice(0)],
    divergedAt: training.divergedAt,
    steps: training.stepsDone,
  };
}

describe('training', () => {
  it.each([linear, mnist, toy])(
    'of $experiment does not depend on how it is cut into pieces',
    (settings) => {
      const whole = start(settings, 0.3);
      whole.advance(settings.steps, () => false);
      expect(whole.isFinished).toBe(true);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (pieces) => {
          const cut = start(settings, 0.3);
          for (let k = 0; !cut.isFinished; k++) {
            let left = pieces[k % pieces.length]!;
            cut.advance(Math.min(settings.steps, cut.stepsDone + left), () => --left <= 0);
          }
          expect(result(cut)).toEqual(result(whole));
        }),
        { numRuns: settings.experiment === 'mnist' ? 5 : 100 },
      );
    },
  );

  it('follows the seed', () => {
    const losses = (seed: number) => {
      const training = start({ ...mnist, seed }, 0.3);
      training.advance(20, () => false);
      return result(training).losses;
    };
    expect(losses(9)).toEqual(losses(9));
    expect(losses(9)).not.toEqual(losses(10));
  });

  it('names the step at which it diverged, ends its curve there, and lets no NaN out', () => {
    const training = start(linear, 3);
    training.advance(linear.steps, () => false);
    expect(training.divergedAt).not.toBeNull();
    expect(training.isFinished).toBe(true);
    expect(training.losses.length).toBe(training.divergedAt);
    for (const loss of training.losses.slice(0)) expect(loss <= DIVERGENCE_LOSS).toBe(true);
    const before = result(training);
    training.advance(linear.steps, () => false);
    expect(result(training)).toEqual(before);
  });

  it('calls parameters that have left the numbers diverged, though no loss has shown it yet', () => {
    const ruined: Learner = {
      testExamples: 10,
      evaluationSlice: 4,
      parameters: [],
      prepare: () => false,
      canStep: () => true,
      step: () => 1,
      canEvaluate: () => true,
      evaluate: (tally) => (tally.loss = NaN),
      trainLoss: () => NaN,
    };
    const training = new Training(mnist, ruined);
    training.advance(mnist.steps, () => false);
    expect(training.divergedAt).toBe(evaluationSteps(mnist)[0]);
    expect(training.evaluations.length).toBe(0);
  });

  it('[P16] ends its curve where the server expects it, whichever step or evaluation shows it', () => {
    const after = fc.integer({ min: 0, max: 70 });
    fc.assert(
      fc.property(
        after,
        after,
        fc.integer({ min: 1, max: 60 }),
        (stepsBefore, testsBefore, every) => {
          let evaluated = 0;
          const learner: Learner = {
            testExamples: 10,
            evaluationSlice: 10,
            parameters: [],
            prepare: () => false,
            canStep: () => true,
            step: (step) => (step < stepsBefore ? 1 : every % 2 === 0 ? NaN : Infinity),
            canEvaluate: () => true,
            evaluate: (tally) => (tally.loss = evaluated++ < testsBefore ? 1 : NaN),
            trainLoss: () => 1,
          };
          const grid = reportingGrid(mnist.steps, every);
          const training = new Training(mnist, learner, grid);
          training.advance(mnist.steps, () => false);
          const { divergedAt, losses } = training;
          if (divergedAt !== null) expect(endsAt(grid, losses.length, divergedAt)).toBe(true);
          else expect(losses.isFull).toBe(true);
          if (stepsBefore < mnist.steps) {
            expect(divergedAt ?? Infinity).toBeLessThanOrEqual(stepsBefore);
          }
          expect(losses.slice(0).every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });

  it('[P16] found by the last evaluation alone keeps its full curve', () => {
    let evaluated = 0;
    const last = evaluationSteps(mnist).length;
    const ruinedLast: Learner = {
      testExamples: 10,
      evaluationSlice: 10,
      parameters: [],
      prepare: () => false,
      canStep: () => true,
      step: () => 1,
      canEvaluate: () => true,
      evaluate: (tally) => (tally.loss = ++evaluated < last ? 1 : NaN),
      trainLoss: () => 1,
    };
    const training = new Training(mnist, ruinedLast);
    training.advance(mnist.steps, () => false);
    expect(training.divergedAt).toBe(mnist.steps - 1);
    expect(endsAt(training.grid, training.losses.length, mnist.steps - 1)).toBe(true);
  });

  it('waits for data without spinning, and goes on where it was', () => {
    const slow = ImageSet.awaiting(2_000);
    const learner = createLearner({ ...mnist, order: 'file' }, 0.3, {
      experiment: 'mnist',
      train: slow,
      test,
    });
    const training = new Training({ ...mnist, order: 'file' }, learner);
    expect(training.advance(60, () => false)).toBe(false);
    expect(training.stepsDone).toBe(0);
    slow.add({ images: train.bytes(0, 100), labels: train.labels.subarray(0, 100) });
    expect(training.advance(60, () => false)).toBe(false);
    expect(training.stepsDone).toBe(2);
    slow.add({ images: train.bytes(100, 2_000), labels: train.labels.subarray(100) });
    training.advance(60, () => false);
    const whole = start({ ...mnist, order: 'file' }, 0.3);
    whole.advance(60, () => false);
    expect(result(training)).toEqual(result(whole));
  });
});

describe('the reporting grid', () => {
  it('has at most 1,000 windows that cover every step once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (steps) => {
        const grid = reportingGrid(steps);
        expect(grid.windows).toBeLessThanOrEqual(1_000);
        expect(windowEnd(grid, grid.windows - 1)).toBe(steps);
        expect(windowEnd(grid, grid.windows - 2)).toBeLessThan(steps);
      }),
    );
  });

  it('has evaluations that end with the last step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (steps) => {
        const at = evaluationSteps({ ...mnist, steps });
        expect(at.at(-1)).toBe(steps);
        expect(new Set(at).size).toBe(at.length);
        expect(at.length).toBeGreaterThanOrEqual(Math.min(5, steps));
        expect(at.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
