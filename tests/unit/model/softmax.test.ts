import { beforeAll, describe, expect, it } from 'vitest';
import { readMnist, type Mnist } from '../../../server/data/mnist.ts';
import { createKernelSpace } from '../../../server/data/kernels.ts';
import { PIXELS } from '../../../shared/data/idx.ts';
import { ImageSet } from '../../../shared/data/images.ts';
import { CLASSES } from '../../../shared/model/classifier.ts';
import { Random } from '../../../shared/model/random.ts';
import { SoftmaxRegression } from '../../../shared/model/softmaxRegression.ts';
import { createLearner } from '../../../shared/run/learner.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';
import reference from '../../reference/mnist-softmax.json' with { type: 'json' };

let mnist: Mnist;
beforeAll(async () => {
  mnist = await readMnist();
});

const EPOCH = 1_875;

function settings(epochs: number): MnistSettings {
  return {
    experiment: 'mnist',
    model: 'softmax',
    init: { kind: 'zeros' },
    seed: 1,
    images: 60_000,
    batchSize: 32,
    order: 'file',
    steps: epochs * EPOCH,
  };
}

describe('softmax regression', () => {
  it.each(reference.runs)(
    'follows the reference at learning rate $learning_rate',
    async ({ learning_rate, epochs }) => {
      const run = settings(epochs.length);
      const data = {
        experiment: 'mnist' as const,
        train: ImageSet.of(mnist.train),
        test: ImageSet.of(mnist.test),
      };
      const learner = createLearner(run, learning_rate, data, await createKernelSpace());
      const grid = { steps: run.steps, every: EPOCH, windows: epochs.length };
      const training = new Training(run, learner, grid);
      training.advance(run.steps, () => false);
      epochs.forEach((epoch, k) => {
        expect(Math.abs(training.losses.at(k) - epoch.mean_batch_loss)).toBeLessThan(0.002);
      });
      const last = training.evaluations.length - 1;
      const end = epochs.at(-1)!;
      expect(Math.abs(training.evaluations.at(last, 0) - end.test_loss)).toBeLessThan(0.002);
      expect(Math.abs(training.evaluations.at(last, 1) - end.test_accuracy)).toBeLessThan(0.003);
    },
  );

  it('starts with the first losses of the reference', () => {
    const model = new SoftmaxRegression(PIXELS, CLASSES);
    const train = ImageSet.of(mnist.train, 2_000);
    for (const [k, loss] of reference.runs[0]!.epochs[0]!.first_batch_losses.entries()) {
      const batch = Uint32Array.from({ length: 32 }, (_, i) => 32 * k + i);
      expect(model.trainStep(train, batch, 32, 0.1)).toBeCloseTo(loss, 5);
    }
  });

  it('descends along the gradient that finite differences give', () => {
    const train = ImageSet.of(mnist.train, 2_000);
    const batch = Uint32Array.from({ length: 8 }, (_, i) => 5 * i);
    const start = () => {
      const model = new SoftmaxRegression(PIXELS, CLASSES);
      const random = new Random(4, 1);
      const [weights] = model.parameters;
      weights!.forEach((_, i) => (weights![i] = random.uniform(-0.05, 0.05)));
      return model;
    };
    const [before, after] = [start(), start()];
    after.trainStep(train, batch, batch.length, 1);
    const loss = (model: SoftmaxRegression) => {
      const probabilities = new Float32Array(CLASSES);
      let sum = 0;
      for (const i of batch) sum += model.classify(train, i, probabilities);
      return sum / batch.length;
    };
    // In 32 bits the loss itself is known to about 1e-7, so the step has to be wide.
    const h = 0.01;
    for (const [part, indices] of [
      [0, [2_075, 3_502, 4_059, 4_061, 5_005]],
      [1, [0, 3, 9]],
    ] as const) {
      for (const i of indices) {
        const slope = [h, -h].map((step) => {
          const model = start();
          model.parameters[part]![i]! += step;
          return loss(model);
        });
        const gradient = before.parameters[part]![i]! - after.parameters[part]![i]!;
        expect(Math.abs(gradient - (slope[0]! - slope[1]!) / (2 * h))).toBeLessThan(2e-4);
      }
    }
  });

  it('never gives a probability outside [0, 1], nor a loss that is not a number, at a wild rate', () => {
    const model = new SoftmaxRegression(PIXELS, CLASSES);
    const train = ImageSet.of(mnist.train, 2_000);
    const probabilities = new Float32Array(CLASSES);
    for (let k = 0; k < 20; k++) {
      const batch = Uint32Array.from({ length: 32 }, (_, i) => 32 * k + i);
      expect(Number.isFinite(model.trainStep(train, batch, 32, 1e4))).toBe(true);
      model.classify(train, k, probabilities);
      for (const p of probabilities) expect(p >= 0 && p <= 1).toBe(true);
    }
  });
});
