import type { ImageSet } from '../data/images.ts';
import type { Points } from '../data/linear.ts';
import { CLASSES, type Classifier } from '../model/classifier.ts';
import { largest } from '../model/crossEntropy.ts';
import { Perceptron } from '../model/perceptron.ts';
import { SoftmaxRegression } from '../model/softmaxRegression.ts';
import { Batches } from './batches.ts';
import type { LinearSettings, MnistSettings, RunSettings } from './settings.ts';

/** What a run trains on, ready or still arriving. */
export type TrainingData =
  | { experiment: 'linear'; points: Points }
  | { experiment: 'mnist'; train: ImageSet; test: ImageSet };

/** A model together with its data and learning rate: all that a training needs to call. */
export interface Learner {
  /** Whether the data for `step` is there. */
  canStep(step: number): boolean;
  /** Does `step` and returns the loss before it. */
  step(step: number): number;
  /** Test images on which the model is evaluated; 0 where there are none. */
  readonly testImages: number;
  /** Whether the test images are there. */
  canEvaluate(): boolean;
  /** Adds test images `from` to `to` to the tally. */
  evaluate(tally: Tally, from: number, to: number): void;
  /** Mean loss over all training examples with the parameters as they are. */
  trainLoss(): number;
}

/** Running sums of an evaluation. */
export interface Tally {
  loss: number;
  correct: number;
}

export class LinearLearner implements Learner {
  readonly testImages = 0;
  readonly model: Perceptron;

  constructor(
    settings: LinearSettings,
    private readonly learningRate: number,
    private readonly points: Points,
  ) {
    this.model = Perceptron.start(settings.init, settings.seed);
  }

  canStep(): boolean {
    return true;
  }
  step(): number {
    return this.model.trainStep(this.points, this.learningRate);
  }
  canEvaluate(): boolean {
    return false;
  }
  evaluate(): void {}
  trainLoss(): number {
    return this.model.cost(this.points);
  }
}

export class ImageLearner implements Learner {
  readonly model: Classifier;
  readonly testImages: number;
  private readonly batches: Batches;
  private readonly probabilities = new Float32Array(CLASSES);

  constructor(
    private readonly settings: MnistSettings,
    private readonly learningRate: number,
    private readonly train: ImageSet,
    readonly test: ImageSet,
  ) {
    this.model = SoftmaxRegression.start(settings.init, settings.seed);
    this.batches = new Batches(settings);
    this.testImages = test.capacity;
  }

  canStep(step: number): boolean {
    return this.train.available >= this.batches.needed(step);
  }

  step(step: number): number {
    const size = this.batches.fill(step);
    return this.model.trainStep(this.train, this.batches.batch, size, this.learningRate);
  }

  canEvaluate(): boolean {
    return this.test.available === this.test.capacity;
  }

  evaluate(tally: Tally, from: number, to: number): void {
    this.tally(this.test, tally, from, to);
  }

  trainLoss(): number {
    const tally = { loss: 0, correct: 0 };
    this.tally(this.train, tally, 0, this.settings.images);
    return tally.loss / this.settings.images;
  }

  private tally(set: ImageSet, tally: Tally, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      tally.loss += this.model.classify(set, i, this.probabilities);
      if (largest(this.probabilities) === set.labels[i]) tally.correct += 1;
    }
  }
}

/** The model that the settings name, at its starting point. */
export function createLearner(
  settings: RunSettings,
  learningRate: number,
  data: TrainingData,
): LinearLearner | ImageLearner {
  if (settings.experiment === 'linear' && data.experiment === 'linear') {
    return new LinearLearner(settings, learningRate, data.points);
  }
  if (settings.experiment === 'mnist' && data.experiment === 'mnist') {
    return new ImageLearner(settings, learningRate, data.train, data.test);
  }
  throw new TypeError(`data of ${data.experiment} for a run of ${settings.experiment}`);
}
