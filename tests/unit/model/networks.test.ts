import { beforeAll, describe, expect, it } from 'vitest';
import { createKernelSpace } from '../../../server/data/kernels.ts';
import { readMnist, type Mnist } from '../../../server/data/mnist.ts';
import { ImageSet } from '../../../shared/data/images.ts';
import type { Classifier } from '../../../shared/model/classifier.ts';
import { Convnet } from '../../../shared/model/convnet.ts';
import { Mlp } from '../../../shared/model/mlp.ts';
import { Random } from '../../../shared/model/random.ts';
import { createLearner } from '../../../shared/run/learner.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';
import convnetReference from '../../reference/mnist-convnet.json' with { type: 'json' };
import mlpReference from '../../reference/mnist-mlp.json' with { type: 'json' };

let mnist: Mnist;
beforeAll(async () => {
  mnist = await readMnist();
});

describe.each([
  ['mlp', mlpReference],
  ['convnet', convnetReference],
] as const)('%s', (model, reference) => {
  it.each(reference.runs)(
    'follows the reference from the ramp at learning rate $learning_rate',
    async ({ learning_rate, losses, test_accuracy }) => {
      const settings: MnistSettings = {
        experiment: 'mnist',
        model,
        init: { kind: 'ramp' },
        seed: 1,
        images: model === 'mlp' ? 60_000 : 10_000,
        batchSize: 32,
        order: 'file',
        steps: losses.length,
      };
      const data = {
        experiment: 'mnist' as const,
        train: ImageSet.of(mnist.train, settings.images),
        test: ImageSet.of(mnist.test),
      };
      const learner = createLearner(settings, learning_rate, data, await createKernelSpace());
      const training = new Training(settings, learner);
      training.advance(settings.steps, () => false);
      losses.slice(0, 100).forEach((loss, step) => {
        const far = Math.abs(training.losses.at(step) - loss);
        expect(far, `step ${step}`).toBeLessThan(Math.max(1e-3 * loss, 1e-4));
      });
      const last = training.evaluations.length - 1;
      expect(Math.abs(training.evaluations.at(last, 1) - test_accuracy)).toBeLessThan(0.01);
    },
  );
});

describe.each([
  ['mlp', () => new Mlp(784, 12, 10, 'tanh')],
  ['convnet', () => new Convnet()],
] as const)('%s', (_name, create) => {
  /** Started from one seed, so that two of them are alike. */
  function start(): Classifier {
    const model = create();
    const random = new Random(5, 1);
    // Wide first weights, so that the small steps below carry few features across the ReLU's kink.
    model.parameters.forEach((values, p) => {
      const range = p < 2 ? 0.4 : 0.02;
      for (let i = 0; i < values.length; i++) values[i] = random.uniform(-range, range);
    });
    return model;
  }

  it('descends along the gradient of the mean cross-entropy', () => {
    const train = ImageSet.of(mnist.train, 2_000);
    const batch = Uint32Array.of(3, 1_400, 27);
    const loss = (model: Classifier) => {
      const tally = { loss: 0, correct: 0 };
      for (const i of batch) model.evaluate(train, i, i + 1, tally);
      return tally.loss / batch.length;
    };
    const stepped = start();
    const before = start();
    expect(stepped.trainStep(train, batch, batch.length, 1)).toBeCloseTo(loss(before), 5);
    const random = new Random(6, 1);
    before.parameters.forEach((values, p) => {
      for (let n = 0; n < 12; n++) {
        const i = random.below(values.length);
        const was = values[i]!;
        const slope = [1 / 512, -1 / 512].map((step) => {
          values[i] = was + step;
          return loss(before);
        });
        values[i] = was;
        const found = was - stepped.parameters[p]![i]!;
        const wanted = (slope[0]! - slope[1]!) * 256;
        // What a step carries across a kink is no part of the slope.
        const tolerance = 0.002 + 0.05 * Math.abs(wanted);
        expect(Math.abs(found - wanted), `parameters ${p}, value ${i}`).toBeLessThan(tolerance);
      }
    });
  });
});
