import type { ImageSet } from '../data/images.ts';

/** A model that says which digit an image shows. */
export interface Classifier {
  /** All parameters, a flat array for each, in a fixed order. */
  readonly parameters: readonly Float32Array[];

  /**
   * One step of gradient descent on the images `batch[0…size)` of `set`.
   * @returns the batch's mean cross-entropy before the step, in nats
   */
  trainStep(set: ImageSet, batch: Uint32Array, size: number, learningRate: number): number;

  /** Writes the ten probabilities for image `i` and returns the cross-entropy of its label. */
  classify(set: ImageSet, i: number, probabilities: Float32Array): number;
}

export const CLASSES = 10;
