import type { Examples } from '../data/examples.ts';
import { evaluateEach, type Classifier, type Tally } from './classifier.ts';
import { crossEntropyStep, softmaxCrossEntropy } from './crossEntropy.ts';
import { Dense } from './dense.ts';
import { requireBatch, requireClassification } from './fit.ts';
import { Rows } from './rows.ts';

const { fround } = Math;

/**
 * Softmax regression: one dense layer, then softmax, trained on cross-entropy. On MNIST, 784 → 10,
 * each of the ten outputs has an image of 28×28 weights of its own.
 *
 * Formulas: C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), 4.3.4.
 */
export class SoftmaxRegression implements Classifier {
  readonly inputs: number;
  readonly classes: number;
  readonly parameters: readonly Float32Array[];
  private readonly layer: Dense;

  /** The inputs of the example at hand. */
  private readonly x: Float32Array;
  /** Of each example of the batch: logits, then probabilities, then steps. */
  private readonly outputs: Rows;
  private readonly probabilities: Float32Array;

  constructor(inputs: number, classes: number) {
    this.inputs = inputs;
    this.classes = classes;
    this.layer = new Dense(inputs, classes);
    this.parameters = [this.layer.weights, this.layer.biases];
    this.x = new Float32Array(inputs);
    this.outputs = new Rows(classes);
    this.probabilities = new Float32Array(classes);
  }

  /** The readable code reads the examples as they are. */
  prepare(): boolean {
    return false;
  }

  trainStep(set: Examples, batch: Uint32Array, size: number, learningRate: number): number {
    requireBatch(this, set, batch, size);
    const rows = this.outputs.atLeast(size);
    let loss = 0;
    for (let i = 0; i < size; i++) loss = fround(loss + this.classify(set, batch[i]!, rows[i]!));
    // All examples are classified before the first weight changes: the gradient is the batch's.
    const scale = fround(fround(learningRate) / size);
    for (let i = 0; i < size; i++) {
      crossEntropyStep(rows[i]!, set.labels[batch[i]!]!, scale);
      set.read(batch[i]!, this.x);
      this.layer.descend(this.x, rows[i]!);
    }
    return fround(loss / size);
  }

  classify(set: Examples, i: number, probabilities: Float32Array): number {
    requireClassification(this, set, i, probabilities);
    set.read(i, this.x);
    this.layer.forward(this.x, probabilities);
    return softmaxCrossEntropy(probabilities, set.labels[i]!);
  }

  evaluate(set: Examples, from: number, to: number, tally: Tally): void {
    evaluateEach(this, set, from, to, tally, this.probabilities);
  }
}
