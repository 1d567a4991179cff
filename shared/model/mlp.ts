import type { Examples } from '../data/examples.ts';
import { ACTIVATION, type Activation, type ActivationName } from './activation.ts';
import { evaluateEach, type Classifier, type Tally } from './classifier.ts';
import { crossEntropyStep, softmaxCrossEntropy } from './crossEntropy.ts';
import { Dense } from './dense.ts';
import { requireBatch, requireClassification } from './fit.ts';
import { Rows } from './rows.ts';

const { fround } = Math;

/**
 * A multilayer perceptron with one hidden layer: dense, activation, dense, softmax, trained on
 * cross-entropy. On MNIST 784 → 128 → 10.
 *
 * Formulas: D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by
 * back-propagating errors", Nature 323 (1986).
 */
export class Mlp implements Classifier {
  readonly inputs: number;
  readonly classes: number;
  readonly parameters: readonly Float32Array[];
  private readonly first: Dense;
  private readonly second: Dense;
  private readonly activation: Activation;

  private readonly x: Float32Array;
  /** Of each example of the batch: the hidden layer's z, then its activations. */
  private readonly hidden: Rows;
  /** Of each example of the batch: what the cost asks of the hidden layer's z. */
  private readonly hiddenSteps: Rows;
  /** Of each example of the batch: logits, then probabilities, then steps. */
  private readonly outputs: Rows;
  private readonly probabilities: Float32Array;

  constructor(inputs: number, hidden: number, classes: number, activation: ActivationName) {
    this.inputs = inputs;
    this.classes = classes;
    this.first = new Dense(inputs, hidden);
    this.second = new Dense(hidden, classes);
    this.activation = ACTIVATION[activation];
    this.parameters = [
      this.first.weights,
      this.first.biases,
      this.second.weights,
      this.second.biases,
    ];
    this.x = new Float32Array(inputs);
    this.hidden = new Rows(hidden);
    this.hiddenSteps = new Rows(hidden);
    this.outputs = new Rows(classes);
    this.probabilities = new Float32Array(classes);
  }

  /** The readable code reads the examples as they are. */
  prepare(): boolean {
    return false;
  }

  trainStep(set: Examples, batch: Uint32Array, size: number, learningRate: number): number {
    requireBatch(this, set, batch, size);
    const { first, second, activation } = this;
    const hidden = this.hidden.atLeast(size);
    const hiddenSteps = this.hiddenSteps.atLeast(size);
    const outputs = this.outputs.atLeast(size);
    const scale = fround(fround(learningRate) / size);
    let loss = 0;
    // First every example's part in the gradient, with the weights as they are…
    for (let i = 0; i < size; i++) {
      const a = hidden[i]!;
      const below = hiddenSteps[i]!;
      loss = fround(loss + this.forward(set, batch[i]!, a, outputs[i]!));
      crossEntropyStep(outputs[i]!, set.labels[batch[i]!]!, scale);
      second.backward(outputs[i]!, below);
      for (let j = 0; j < a.length; j++) below[j] = activation.backward(a[j]!, below[j]!);
    }
    // …then the weights change.
    for (let i = 0; i < size; i++) {
      second.descend(hidden[i]!, outputs[i]!);
      set.read(batch[i]!, this.x);
      first.descend(this.x, hiddenSteps[i]!);
    }
    return fround(loss / size);
  }

  classify(set: Examples, i: number, probabilities: Float32Array): number {
    requireClassification(this, set, i, probabilities);
    return this.forward(set, i, this.hidden.atLeast(1)[0]!, probabilities);
  }

  evaluate(set: Examples, from: number, to: number, tally: Tally): void {
    evaluateEach(this, set, from, to, tally, this.probabilities);
  }

  /**
   * @param a takes the hidden layer's activations
   * @param p takes the probabilities
   * @returns the cross-entropy of the label
   */
  private forward(set: Examples, i: number, a: Float32Array, p: Float32Array): number {
    set.read(i, this.x);
    this.first.forward(this.x, a);
    for (let j = 0; j < a.length; j++) a[j] = this.activation.forward(a[j]!);
    this.second.forward(a, p);
    return softmaxCrossEntropy(p, set.labels[i]!);
  }
}
