import { IMAGE_SIDE, PIXELS } from '../data/idx.ts';
import { ACTIVATIONS, type ActivationName } from './activation.ts';
import { CLASSES } from './classifier.ts';
import { KERNEL_SIDE, KERNELS } from './convnet.ts';
import type { KernelModel, Placed } from './kernelClassifier.ts';
import type { KernelSpace } from './kernelSpace.ts';

/** Floats in a vector, and in a row of weights. */
const VECTOR = 4;
const ROW = 16;
/** Examples that an evaluation takes through a layer together. */
const EVALUATED = 32;
const FEATURE_SIDE = IMAGE_SIDE - KERNEL_SIDE + 1;
const FEATURES = KERNELS * FEATURE_SIDE ** 2;

/** A place holds the channels of one feature or tap; a row has room for columns −4 … 27. */
const PLACE = 12;
const FEATURE_ROW = 32 * PLACE;
/** u32 index and f32 value of an active neuron. */
const LISTED_BYTES = 8;

/** Lays out softmax regression, inputs → classes. Throws RangeError on sizes that do not fit. */
export function layOutSoftmax(
  space: KernelSpace,
  inputs: number,
  classes: number,
  batchSize: number,
): KernelModel {
  requireSizes(inputs, batchSize);
  requireClasses(classes);
  const layer = narrow(space, inputs, classes);
  const outputs = outputRows(space, layer, batchSize);
  const { softmaxStep, softmaxClassify, softmaxEvaluate } = space.exports;
  return {
    address: space.record(outputFields(space, layer, classes, outputs)),
    inputs,
    classes,
    outputs,
    parameters: [layer.weights, layer.biases],
    step: softmaxStep,
    classify: softmaxClassify,
    evaluate: softmaxEvaluate,
  };
}

/** Lays out inputs → hidden → classes. Throws RangeError on sizes that do not fit. */
export function layOutMlp(
  space: KernelSpace,
  inputs: number,
  hidden: number,
  classes: number,
  activation: ActivationName,
  batchSize: number,
): KernelModel {
  requireSizes(inputs, hidden, batchSize);
  requireClasses(classes);
  const first = wide(space, inputs, hidden);
  const rows = Math.max(batchSize, EVALUATED);
  const second = narrow(space, hidden, classes);
  const outputs = outputRows(space, second, batchSize);
  const { mlpStep, mlpClassify, mlpEvaluate } = space.exports;
  return {
    address: space.record([
      ...outputFields(space, second, classes, outputs),
      first.weights.address,
      first.biases.address,
      inputs,
      hidden,
      first.width / ROW,
      ACTIVATIONS.indexOf(activation),
      space.scratch('activations', 4 * first.width * rows),
      space.scratch('steps', 4 * first.width * batchSize),
      space.scratch('active', LISTED_BYTES * hidden * batchSize),
      space.scratch('activeEnds', 4 * batchSize),
    ]),
    inputs,
    classes,
    outputs,
    parameters: [first.weights, first.biases, second.weights, second.biases],
    step: mlpStep,
    classify: mlpClassify,
    evaluate: mlpEvaluate,
  };
}

/** Lays out the convnet for 28×28 images. */
export function layOutConvnet(space: KernelSpace, batchSize: number): KernelModel {
  requireSizes(batchSize);
  const kernelRoom = KERNEL_SIDE ** 2 * PLACE;
  const kernels: Placed = {
    address: space.allocate(4 * kernelRoom),
    room: kernelRoom,
    length: KERNELS * KERNEL_SIDE ** 2,
    place: tapPlace,
  };
  const biases = flat(space, KERNELS, PLACE);
  const layer = narrow(space, FEATURES, CLASSES);
  const outputs = outputRows(space, layer, batchSize);
  const { convnetStep, convnetClassify, convnetEvaluate } = space.exports;
  return {
    address: space.record([
      ...outputFields(space, layer, CLASSES, outputs),
      kernels.address,
      biases.address,
      space.allocate(4 * (kernelRoom + PLACE)),
      space.scratch('features', 4 * FEATURE_SIDE * FEATURE_ROW),
      table(space, 'pixels', PIXELS, pixelPosition),
      table(space, 'places', FEATURES, featurePlace),
      space.scratch('active', LISTED_BYTES * (FEATURES + VECTOR) * batchSize),
      space.scratch('activeEnds', 4 * batchSize),
      table(space, 'front', 16 * VECTOR, frontShuffle),
      space.scratch('lists', LISTED_BYTES * (FEATURE_SIDE ** 2 + VECTOR) * KERNELS),
    ]),
    inputs: PIXELS,
    classes: CLASSES,
    outputs,
    parameters: [kernels, biases, layer.weights, layer.biases],
    step: convnetStep,
    classify: convnetClassify,
    evaluate: convnetEvaluate,
  };
}

function requireSizes(...sizes: number[]): void {
  for (const size of sizes) {
    if (!Number.isInteger(size) || size < 1 || size > 0xffff) throw new RangeError(`size ${size}`);
  }
}

function requireClasses(classes: number): void {
  requireSizes(classes);
  if (classes > ROW) throw new RangeError(`${classes} classes`);
}

interface DenseLayout {
  weights: Placed;
  biases: Placed;
  /** Outputs with their padding. */
  width: number;
}

/** A layer whose outputs fit in one row. There are four rows at least, and a multiple of four. */
function narrow(space: KernelSpace, inputs: number, outputs: number): DenseLayout {
  const width = Math.ceil(outputs / VECTOR) * VECTOR;
  const room = Math.ceil(inputs / VECTOR) * VECTOR * ROW;
  const weights: Placed = {
    address: space.allocate(4 * room),
    room,
    length: inputs * outputs,
    place: (i) => Math.floor(i / outputs) * ROW + (i % outputs),
  };
  return { weights, biases: flat(space, outputs, width), width };
}

/** A layer of any number of outputs: one block of them after the other, each with all its rows. */
function wide(space: KernelSpace, inputs: number, outputs: number): DenseLayout {
  const width = Math.ceil(outputs / ROW) * ROW;
  const room = inputs * width;
  const weights: Placed = {
    address: space.allocate(4 * room),
    room,
    length: inputs * outputs,
    place: (i) => {
      const output = i % outputs;
      const row = Math.floor(output / ROW) * inputs + Math.floor(i / outputs);
      return row * ROW + (output % ROW);
    },
  };
  return { weights, biases: flat(space, outputs, width), width };
}

function flat(space: KernelSpace, length: number, room: number): Placed {
  return { address: space.allocate(4 * room), room, length, place: (i) => i };
}

/** The fields that all models begin with: their output layer. */
function outputFields(
  space: KernelSpace,
  { weights, biases, width }: DenseLayout,
  classes: number,
  outputs: number,
): number[] {
  const indices = space.scratch('indices', 4 * EVALUATED);
  return [weights.address, biases.address, classes, width / VECTOR, outputs, indices];
}

/** A row of outputs for each example that is in the works. */
function outputRows(space: KernelSpace, { width }: DenseLayout, batchSize: number): number {
  return space.scratch('outputs', 4 * width * Math.max(batchSize, EVALUATED));
}

/** Taps lie row by row, each row from right to left, the channels of one tap side by side. */
function tapPlace(i: number): number {
  const area = KERNEL_SIDE ** 2;
  const channel = Math.floor(i / area);
  const row = Math.floor((i % area) / KERNEL_SIDE);
  const column = i % KERNEL_SIDE;
  return (row * KERNEL_SIDE + (KERNEL_SIDE - 1 - column)) * PLACE + channel;
}

/** u16 row, u16 column of pixel `i`. */
function pixelPosition(i: number): number {
  return Math.floor(i / IMAGE_SIDE) | ((i % IMAGE_SIDE) << 16);
}

/** Where feature `i`, counted channel by channel, lies, in bytes. */
function featurePlace(i: number): number {
  const area = FEATURE_SIDE ** 2;
  const channel = Math.floor(i / area);
  const row = Math.floor((i % area) / FEATURE_SIDE);
  const column = i % FEATURE_SIDE;
  return 4 * (row * FEATURE_ROW + (column + KERNEL_SIDE - 1) * PLACE + channel);
}

/** Word `i` of 16 shuffles of four lanes: shuffle m moves the lanes whose bit is set in m to the front. */
function frontShuffle(i: number): number {
  const members = [0, 1, 2, 3].filter((lane) => (i >> 2) & (1 << lane));
  const lane = members[i & 3] ?? 0;
  return 0x03020100 + 0x04040404 * lane;
}

/** A table of u32, made once for all models of the space. */
function table(
  space: KernelSpace,
  purpose: string,
  length: number,
  value: (i: number) => number,
): number {
  const address = space.scratch(purpose, 4 * length);
  space.words(address, length).forEach((_, i, words) => (words[i] = value(i)));
  return address;
}
