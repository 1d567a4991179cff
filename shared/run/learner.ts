import type { Examples } from '../data/examples.ts';
import type { ImageSet } from '../data/images.ts';
import type { Points } from '../data/linear.ts';
import { PointSet } from '../data/toy.ts';
import type { Classifier, Tally } from '../model/classifier.ts';
import { createClassifier } from '../model/createClassifier.ts';
import type { KernelSpace } from '../model/kernelSpace.ts';
import { Perceptron } from '../model/perceptron.ts';
import { Batches } from './batches.ts';
import {
  testExamples,
  trainingExamples,
  type ClassifierSettings,
  type LinearSettings,
  type RunSettings,
} from './settings.ts';

/** What a run trains on, ready or still arriving. */
export type TrainingData =
  | { experiment: 'linear'; points: Points }
  | { experiment: 'mnist'; train: ImageSet; test: ImageSet }
  | { experiment: 'toy'; train: PointSet; test: PointSet };

/** A model together with its data and learning rate: all that a training needs to call. */
export interface Learner {
  /** Whether the data for `step` is there. */
  canStep(step: number): boolean;
  /** Does a small part of what has to be done once with the data that is there; false where all is done. */
  prepare(): boolean;
  /** Does `step` and returns the loss before it. */
  step(step: number): number;
  /** Examples on which the model is evaluated; 0 where there are none. */
  readonly testExamples: number;
  /** Examples evaluated in one piece: a small part of what a listener may wait for. */
  readonly evaluationSlice: number;
  /** Whether the test examples are there. */
  canEvaluate(): boolean;
  /** Adds test examples `from` to `to` to the tally. */
  evaluate(tally: Tally, from: number, to: number): void;
  /** Mean loss over all training examples with the parameters as they are. */
  trainLoss(): number;
  /** All parameters, in a fixed order; perhaps a copy. */
  readonly parameters: readonly (Float32Array | Float64Array)[];
}

export class LinearLearner implements Learner {
  readonly testExamples = 0;
  readonly evaluationSlice = 0;
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
  prepare(): boolean {
    return false;
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
  get parameters(): readonly Float64Array[] {
    return [Float64Array.of(this.model.w, this.model.b)];
  }
}

/** The readable convnet evaluates about a thousand images a second on a laptop, the kernels far more. */
const EVALUATION_SLICE = { kernels: 200, readable: 8 };

export class ClassifierLearner implements Learner {
  readonly model: Classifier;
  readonly testExamples: number;
  readonly evaluationSlice: number;
  private readonly batches: Batches;

  constructor(
    private readonly settings: ClassifierSettings,
    private readonly learningRate: number,
    private readonly train: Examples,
    readonly test: Examples,
    space: KernelSpace | null,
    start?: readonly Float32Array[],
  ) {
    this.model = createClassifier(settings, space, start);
    this.batches = new Batches(settings);
    this.testExamples = test.capacity;
    this.evaluationSlice = space ? EVALUATION_SLICE.kernels : EVALUATION_SLICE.readable;
  }

  get parameters(): readonly Float32Array[] {
    return this.model.parameters;
  }

  canStep(step: number): boolean {
    return this.train.available >= this.batches.needed(step);
  }

  prepare(): boolean {
    return this.model.prepare(this.train) || this.model.prepare(this.test);
  }

  step(step: number): number {
    const size = this.batches.fill(step);
    return this.model.trainStep(this.train, this.batches.batch, size, this.learningRate);
  }

  canEvaluate(): boolean {
    return this.test.available === this.test.capacity;
  }

  evaluate(tally: Tally, from: number, to: number): void {
    this.model.evaluate(this.test, from, to, tally);
  }

  trainLoss(): number {
    const tally = { loss: 0, correct: 0 };
    const examples = trainingExamples(this.settings);
    this.model.evaluate(this.train, 0, examples, tally);
    return tally.loss / examples;
  }
}

/**
 * The model that the settings name, at its starting point.
 * @param space where the kernels compute; without one the readable code does, slower, the same bits
 * @param start the parameters to begin with, where they are not those of the settings
 */
export function createLearner(
  settings: RunSettings,
  learningRate: number,
  data: TrainingData,
  space: KernelSpace | null = null,
  start?: readonly ArrayLike<number>[],
): LinearLearner | ClassifierLearner {
  if (settings.experiment === 'linear' && data.experiment === 'linear') {
    const learner = new LinearLearner(settings, learningRate, data.points);
    const [w, b] = Array.from(start?.[0] ?? []);
    if (w !== undefined && b !== undefined) Object.assign(learner.model, { w, b });
    return learner;
  }
  if (
    (settings.experiment === 'mnist' && data.experiment === 'mnist') ||
    (settings.experiment === 'toy' && data.experiment === 'toy')
  ) {
    const floats = start?.map((values) => Float32Array.from(values));
    return new ClassifierLearner(settings, learningRate, data.train, data.test, space, floats);
  }
  throw new TypeError(`data of ${data.experiment} for a run of ${settings.experiment}`);
}

/** The points of a toy run: a pure function of its settings. */
export function toyData(settings: RunSettings & { experiment: 'toy' }): TrainingData {
  const { shape, points, seed } = settings;
  return {
    experiment: 'toy',
    train: PointSet.of(shape, points, seed, 'train'),
    test: PointSet.of(shape, testExamples(settings), seed, 'test'),
  };
}
