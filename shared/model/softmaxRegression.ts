import { PIXELS } from '../data/idx.ts';
import type { ImageSet } from '../data/images.ts';
import type { Init } from '../run/settings.ts';
import { CLASSES, type Classifier } from './classifier.ts';
import { crossEntropyStep, softmaxCrossEntropy } from './crossEntropy.ts';
import { Dense } from './dense.ts';
import { Random, STREAM } from './random.ts';

/** Initial weights drawn from a seed lie within ± this. */
const WEIGHT_RANGE = 0.05;

/**
 * Softmax regression: one dense layer 784 → 10, then softmax, trained on cross-entropy. Each of
 * the ten outputs has an image of 28×28 weights of its own.
 */
export class SoftmaxRegression implements Classifier {
  private readonly layer = new Dense(PIXELS, CLASSES);
  readonly parameters = [this.layer.weights, this.layer.biases];

  /** Intensities of the image at hand. */
  private readonly x = new Float32Array(PIXELS);
  /** Logits, then probabilities, then steps of each image of the batch, 10 an image. */
  private outputs = new Float32Array(0);
  private rows: Float32Array[] = [];

  static start(init: Init, seed: number): SoftmaxRegression {
    const model = new SoftmaxRegression();
    if (init.kind === 'seed') {
      const random = new Random(seed, STREAM.weights);
      const { weights } = model.layer;
      for (let i = 0; i < weights.length; i++) {
        weights[i] = random.uniform(-WEIGHT_RANGE, WEIGHT_RANGE);
      }
    }
    return model;
  }

  trainStep(set: ImageSet, batch: Uint32Array, size: number, learningRate: number): number {
    this.makeRoom(size);
    let loss = 0;
    for (let i = 0; i < size; i++) {
      loss = Math.fround(loss + this.classify(set, batch[i]!, this.rows[i]!));
    }
    // All images are classified before the first weight changes: the gradient is the batch's.
    const scale = Math.fround(Math.fround(learningRate) / size);
    for (let i = 0; i < size; i++) {
      const step = this.rows[i]!;
      crossEntropyStep(step, set.labels[batch[i]!]!, scale);
      set.read(batch[i]!, this.x);
      this.layer.descend(this.x, step);
    }
    return Math.fround(loss / size);
  }

  classify(set: ImageSet, i: number, probabilities: Float32Array): number {
    set.read(i, this.x);
    this.layer.forward(this.x, probabilities);
    return softmaxCrossEntropy(probabilities, set.labels[i]!);
  }

  /** Prepares as many rows as the largest batch needs, once. */
  private makeRoom(size: number): void {
    if (this.rows.length >= size) return;
    this.outputs = new Float32Array(size * CLASSES);
    this.rows = Array.from({ length: size }, (_, i) =>
      this.outputs.subarray(i * CLASSES, (i + 1) * CLASSES),
    );
  }
}
