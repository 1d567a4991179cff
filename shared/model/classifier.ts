import type { Examples } from '../data/examples.ts';
import { largest } from './crossEntropy.ts';
import { requireExamples } from './fit.ts';

/** The ten digits. */
export const CLASSES = 10;

/**
 * A model that says to which class an example belongs. Examples that do not fit it are refused with a
 * RangeError.
 */
export interface Classifier {
  /** Values of an example that it looks at. */
  readonly inputs: number;
  /** Classes that it tells apart. */
  readonly classes: number;

  /**
   * All parameters, a flat array for each, in the order of `parameterShapes`. They may be a copy:
   * writing them changes nothing.
   */
  readonly parameters: readonly Float32Array[];

  /**
   * Does a small part of what has to be done once with what there is of `set`.
   * @returns whether there was anything left to do
   */
  prepare(set: Examples): boolean;

  /**
   * One step of gradient descent on the examples `batch[0…size)` of `set`, size ≥ 1.
   * @returns the batch's mean cross-entropy before the step, in nats
   */
  trainStep(set: Examples, batch: Uint32Array, size: number, learningRate: number): number;

  /**
   * Classifies example `i`.
   * @param probabilities takes the probability of each class: `classes` values
   * @returns the cross-entropy of its label, in nats
   */
  classify(set: Examples, i: number, probabilities: Float32Array): number;

  /** Adds examples `from` to `to` of `set` to the tally, in their order. */
  evaluate(set: Examples, from: number, to: number, tally: Tally): void;
}

/** Running sums of an evaluation. */
export interface Tally {
  /** Sum of the cross-entropies, in 64 bits. */
  loss: number;
  correct: number;
}

/** `Classifier.evaluate` for a model that classifies one example at a time. */
export function evaluateEach(
  model: Pick<Classifier, 'classify' | 'inputs' | 'classes'>,
  set: Examples,
  from: number,
  to: number,
  tally: Tally,
  probabilities: Float32Array,
): void {
  requireExamples(model, set, from, to);
  for (let i = from; i < to; i++) {
    tally.loss += model.classify(set, i, probabilities);
    if (largest(probabilities) === set.labels[i]) tally.correct += 1;
  }
}
