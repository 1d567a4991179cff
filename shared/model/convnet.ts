import type { Examples } from '../data/examples.ts';
import { IMAGE_SIDE, PIXELS } from '../data/idx.ts';
import { ACTIVATION } from './activation.ts';
import { CLASSES, evaluateEach, type Classifier, type Tally } from './classifier.ts';
import { Convolution } from './convolution.ts';
import { crossEntropyStep, softmaxCrossEntropy } from './crossEntropy.ts';
import { Dense } from './dense.ts';
import { requireBatch, requireClassification } from './fit.ts';
import { Rows } from './rows.ts';

const { fround } = Math;
const { relu } = ACTIVATION;

export const KERNELS = 9;
export const KERNEL_SIDE = 5;

/**
 * A small convolutional network for 28×28 images: nine 5×5 kernels, ReLU, flattened channel by
 * channel, then a dense layer 5184 → 10 and softmax, trained on cross-entropy.
 *
 * Formulas: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
 * recognition", Proceedings of the IEEE 86 (1998).
 */
export class Convnet implements Classifier {
  readonly inputs = PIXELS;
  readonly classes = CLASSES;
  private readonly convolution = new Convolution(KERNELS, KERNEL_SIDE, IMAGE_SIDE);
  private readonly dense = new Dense(this.convolution.outputs, CLASSES);
  readonly parameters = [
    this.convolution.kernels,
    this.convolution.biases,
    this.dense.weights,
    this.dense.biases,
  ];

  private readonly x = new Float32Array(PIXELS);
  /** Of each image of the batch: the convolution's z, then its activations. */
  private readonly features = new Rows(this.convolution.outputs);
  /** What the cost asks of the convolution's z for the image at hand. */
  private readonly below = new Float32Array(this.convolution.outputs);
  /** Of each image of the batch: logits, then probabilities, then steps. */
  private readonly outputs = new Rows(CLASSES);
  private readonly probabilities = new Float32Array(CLASSES);

  /** The readable code reads the examples as they are. */
  prepare(): boolean {
    return false;
  }

  trainStep(set: Examples, batch: Uint32Array, size: number, learningRate: number): number {
    requireBatch(this, set, batch, size);
    const { convolution, dense, below } = this;
    const features = this.features.atLeast(size);
    const outputs = this.outputs.atLeast(size);
    const scale = fround(fround(learningRate) / size);
    let loss = 0;
    // First every image's part in the gradient, with the weights as they are…
    for (let i = 0; i < size; i++) {
      const a = features[i]!;
      loss = fround(loss + this.forward(set, batch[i]!, a, outputs[i]!));
      crossEntropyStep(outputs[i]!, set.labels[batch[i]!]!, scale);
      dense.backward(outputs[i]!, below);
      for (let j = 0; j < a.length; j++) below[j] = relu.backward(a[j]!, below[j]!);
      convolution.backward(this.x, below);
    }
    // …then the weights change.
    for (let i = 0; i < size; i++) dense.descend(features[i]!, outputs[i]!);
    convolution.descend();
    return fround(loss / size);
  }

  classify(set: Examples, i: number, probabilities: Float32Array): number {
    requireClassification(this, set, i, probabilities);
    return this.forward(set, i, this.features.atLeast(1)[0]!, probabilities);
  }

  evaluate(set: Examples, from: number, to: number, tally: Tally): void {
    evaluateEach(this, set, from, to, tally, this.probabilities);
  }

  /**
   * @param a takes the activations, channel by channel
   * @param p takes the probabilities
   * @returns the cross-entropy of the label
   */
  private forward(set: Examples, i: number, a: Float32Array, p: Float32Array): number {
    set.read(i, this.x);
    this.convolution.forward(this.x, a);
    for (let j = 0; j < a.length; j++) a[j] = relu.forward(a[j]!);
    this.dense.forward(a, p);
    return softmaxCrossEntropy(p, set.labels[i]!);
  }
}
