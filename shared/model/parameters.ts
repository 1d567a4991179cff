import { IMAGE_SIDE, PIXELS } from '../data/idx.ts';
import { TOY_CLASSES } from '../data/toy.ts';
import type { ClassifierSettings, Init } from '../run/settings.ts';
import { CLASSES } from './classifier.ts';
import { KERNEL_SIDE, KERNELS } from './convnet.ts';
import { Random, STREAM } from './random.ts';
import { sine } from './trigonometry.ts';

/** Neurons in the hidden layer of the MNIST perceptron with one. */
export const MNIST_HIDDEN = 128;

const FEATURES = KERNELS * (IMAGE_SIDE - KERNEL_SIDE + 1) ** 2;

/** One array of parameters. */
export interface ParameterShape {
  length: number;
  /** What each is multiplied with where the start is a sine; 0 for biases, which start at 0. */
  ramp: number;
  /** Where drawn from the seed, the weights lie within ± this. */
  range: number;
}

/** The arrays of a classifier's parameters, in the order in which all its implementations hold them. */
export function parameterShapes(settings: ClassifierSettings): ParameterShape[] {
  switch (settings.model) {
    case 'softmax':
      return [
        { length: PIXELS * CLASSES, ramp: 0.01, range: 0.05 },
        { length: CLASSES, ramp: 0, range: 0 },
      ];
    case 'mlp':
      return settings.experiment === 'toy'
        ? layers(2, settings.hidden, TOY_CLASSES, settings.activation === 'relu')
        : layers(PIXELS, MNIST_HIDDEN, CLASSES, true);
    case 'convnet':
      return [
        { length: KERNELS * KERNEL_SIDE ** 2, ramp: 0.2, range: he(KERNEL_SIDE ** 2) },
        { length: KERNELS, ramp: 0, range: 0 },
        { length: FEATURES * CLASSES, ramp: 0.02, range: glorot(FEATURES, CLASSES) },
        { length: CLASSES, ramp: 0, range: 0 },
      ];
  }
}

function layers(inputs: number, hidden: number, classes: number, relu: boolean): ParameterShape[] {
  return [
    { length: inputs * hidden, ramp: 0.05, range: relu ? he(inputs) : glorot(inputs, hidden) },
    { length: hidden, ramp: 0, range: 0 },
    { length: hidden * classes, ramp: 0.1, range: glorot(hidden, classes) },
    { length: classes, ramp: 0, range: 0 },
  ];
}

/** √(6 / inputs), for layers before a ReLU (K. He et al., 2015). */
const he = (inputs: number): number => Math.sqrt(6 / inputs);

/** √(6 / (inputs + outputs)), for the other layers (X. Glorot and Y. Bengio, 2010). */
const glorot = (inputs: number, outputs: number): number => Math.sqrt(6 / (inputs + outputs));

/** The parameters at the run's start. */
export function startingParameters(settings: ClassifierSettings): Float32Array[] {
  const random = new Random(settings.seed, STREAM.weights);
  return parameterShapes(settings).map((shape) => {
    const values = new Float32Array(shape.length);
    fill(values, shape, settings.init, random);
    return values;
  });
}

function fill(values: Float32Array, shape: ParameterShape, init: Init, random: Random): void {
  switch (init.kind) {
    case 'zeros':
      return;
    case 'seed':
      if (shape.range === 0) return;
      for (let i = 0; i < values.length; i++) values[i] = random.uniform(-shape.range, shape.range);
      return;
    case 'ramp':
      if (shape.ramp === 0) return;
      // The sine of 1 rad, 2 rad, …, as the reference trajectories start.
      for (let i = 0; i < values.length; i++) values[i] = shape.ramp * sine(i + 1);
      return;
    case 'values':
      throw new TypeError('given values are for the perceptron');
  }
}
