// shared/model/convnet.ts, with the same sums in the same order.
import {
  convolve,
  correlate,
  descendSteps,
  FEATURE_BYTES,
  gatherBiases,
  KERNEL_BYTES,
  PLACE_BYTES,
  SIDE,
  startFeatures,
} from './convolution';
import { listFeatures } from './activeFeatures';
import { crossEntropyStep, largest, softmaxCrossEntropy } from './crossEntropy';
import * as dense from './dense';
import { LISTED_BYTES, Convnet, ExampleSet, Softmax, VECTOR_BYTES } from './memory';

const AREA: u32 = SIDE * SIDE;
const FEATURES: u32 = 9 * AREA;
/** Room for the active features of one image, and three more that the last write may touch. */
const ACTIVE_ROOM: u32 = (FEATURES + 4) * LISTED_BYTES;

/**
 * Writes the features of image `i`, and lists those that are active from `active` on.
 * @returns the list's end
 */
function forwardFeatures(model: usize, set: usize, i: u32, active: usize): usize {
  const features = load<usize>(model, Convnet.FEATURES);
  const bounds = load<usize>(set, ExampleSet.BOUNDS) + (i << 3);
  startFeatures(features, load<usize>(model, Convnet.BIASES));
  convolve(
    load<usize>(bounds),
    load<usize>(bounds, 4),
    load<usize>(model, Convnet.PIXELS),
    load<usize>(model, Convnet.KERNELS),
    features,
  );
  return listFeatures(
    features,
    load<usize>(model, Convnet.FRONT),
    load<usize>(model, Convnet.LISTS),
    active,
  );
}

/** Writes what the cost asks of the features over the features: 0 where the ReLU is shut. */
function backward(model: usize, active: usize, end: usize, outputs: usize): void {
  const features = load<usize>(model, Convnet.FEATURES);
  const places = load<usize>(model, Convnet.PLACES);
  const weights = load<usize>(model, Softmax.WEIGHTS);
  const s0 = v128.load(outputs);
  const s1 = v128.load(outputs, 16);
  const s2 = v128.load(outputs, 32);
  const zero = f32x4.splat(0);
  memory.fill(features, 0, FEATURE_BYTES);
  // Behind the last comes a copy of it, until there are four.
  const last = v128.load64_splat(end - LISTED_BYTES);
  v128.store(end, last);
  v128.store(end, last, 16);
  for (; active < end; active += 4 * LISTED_BYTES) {
    const row0 = load<u32>(active);
    const row1 = load<u32>(active, 8);
    const row2 = load<u32>(active, 16);
    const row3 = load<u32>(active, 24);
    const below = dense.sumLanes(
      dot(weights + row0, s0, s1, s2),
      dot(weights + row1, s0, s1, s2),
      dot(weights + row2, s0, s1, s2),
      dot(weights + row3, s0, s1, s2),
    );
    // A listed feature that is no number passes no slope on, as in `relu.backward`.
    const values = v128.shuffle<f32>(v128.load(active), v128.load(active, 16), 1, 3, 5, 7);
    const slope = v128.and(below, f32x4.gt(values, zero));
    v128.store_lane<f32>(features + load<u32>(places + (row0 >> 4)), slope, 0);
    v128.store_lane<f32>(features + load<u32>(places + (row1 >> 4)), slope, 1);
    v128.store_lane<f32>(features + load<u32>(places + (row2 >> 4)), slope, 2);
    v128.store_lane<f32>(features + load<u32>(places + (row3 >> 4)), slope, 3);
  }
}

/**
 * The products of a row of weights with the steps, in the four interleaved sums of `Dense.backward`.
 */
function dot(row: usize, s0: v128, s1: v128, s2: v128): v128 {
  return f32x4.add(
    f32x4.add(
      // From +0, as the readable sums: a parameter that is −0 feels the sign of a zero.
      f32x4.add(f32x4.splat(0), f32x4.mul(v128.load(row), s0)),
      f32x4.mul(v128.load(row, 16), s1),
    ),
    f32x4.mul(v128.load(row, 32), s2),
  );
}

/** One step on the images whose u32 indices lie at `batch`; returns their mean cross-entropy. */
export function convnetStep(model: usize, set: usize, batch: usize, size: u32, rate: f32): f32 {
  const classes = load<u32>(model, Softmax.CLASSES);
  const vectors = load<u32>(model, Softmax.VECTORS);
  const weights = load<usize>(model, Softmax.WEIGHTS);
  const biases = load<usize>(model, Softmax.BIASES);
  const outputs = load<usize>(model, Softmax.OUTPUTS);
  const features = load<usize>(model, Convnet.FEATURES);
  const pixels = load<usize>(model, Convnet.PIXELS);
  const steps = load<usize>(model, Convnet.STEPS);
  const allActive = load<usize>(model, Convnet.ACTIVE);
  const ends = load<usize>(model, Convnet.ACTIVE_ENDS);
  const allBounds = load<usize>(set, ExampleSet.BOUNDS);
  const labels = load<usize>(set, ExampleSet.LABELS);
  const rowBytes = vectors * VECTOR_BYTES;
  const scale: f32 = rate / <f32>size;

  let loss: f32 = 0;
  for (let k: u32 = 0; k < size; k++) {
    const i = load<u32>(batch + (k << 2));
    const label = load<u8>(labels + i);
    const bounds = allBounds + (i << 3);
    const active = allActive + k * ACTIVE_ROOM;
    const output = outputs + k * rowBytes;
    const end = forwardFeatures(model, set, i, active);
    store<usize>(ends + (k << 2), end);
    dense.forward(active, end, weights, vectors, biases, output);
    loss += softmaxCrossEntropy(output, classes, vectors, label);
    crossEntropyStep(output, classes, vectors, label, scale);
    if (active < end) backward(model, active, end, output);
    else memory.fill(features, 0, FEATURE_BYTES);
    correlate(load<usize>(bounds), load<usize>(bounds, 4), pixels, steps, features);
    gatherBiases(features, steps + KERNEL_BYTES);
  }
  for (let k: u32 = 0; k < size; k++) {
    const output = outputs + k * rowBytes;
    const active = allActive + k * ACTIVE_ROOM;
    dense.descend(active, load<usize>(ends + (k << 2)), weights, vectors, output);
    dense.descendBiases(biases, output, vectors);
  }
  descendSteps(load<usize>(model, Convnet.KERNELS), steps, KERNEL_BYTES);
  descendSteps(load<usize>(model, Convnet.BIASES), steps + KERNEL_BYTES, PLACE_BYTES);
  return loss / <f32>size;
}

/** Writes the probabilities of image `i` to the first row of outputs; returns its cross-entropy. */
export function convnetClassify(model: usize, set: usize, i: u32): f32 {
  const vectors = load<u32>(model, Softmax.VECTORS);
  const outputs = load<usize>(model, Softmax.OUTPUTS);
  const active = load<usize>(model, Convnet.ACTIVE);
  dense.forward(
    active,
    forwardFeatures(model, set, i, active),
    load<usize>(model, Softmax.WEIGHTS),
    vectors,
    load<usize>(model, Softmax.BIASES),
    outputs,
  );
  const label = load<u8>(load<usize>(set, ExampleSet.LABELS) + i);
  return softmaxCrossEntropy(outputs, load<u32>(model, Softmax.CLASSES), vectors, label);
}

/** Writes the cross-entropy of each image to `losses`; returns how many are classified rightly. */
export function convnetEvaluate(model: usize, set: usize, from: u32, to: u32, losses: usize): u32 {
  const classes = load<u32>(model, Softmax.CLASSES);
  const outputs = load<usize>(model, Softmax.OUTPUTS);
  const labels = load<usize>(set, ExampleSet.LABELS);
  let correct: u32 = 0;
  for (let i = from; i < to; i++) {
    store<f32>(losses + ((i - from) << 2), convnetClassify(model, set, i));
    correct += u32(largest(outputs, classes) == load<u8>(labels + i));
  }
  return correct;
}
