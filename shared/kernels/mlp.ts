// shared/model/mlp.ts, with the same sums in the same order.
import { activate, slopes } from './activation';
import { crossEntropyStep, largest, softmaxCrossEntropy } from './crossEntropy';
import * as dense from './dense';
import {
  EVALUATED,
  ExampleSet,
  LISTED_BYTES,
  Mlp,
  ROW_BYTES,
  Softmax,
  VECTOR_BYTES,
} from './memory';

/** Bytes of a row of the hidden layer. */
function hiddenBytes(model: usize): u32 {
  return load<u32>(model, Mlp.BLOCKS) * ROW_BYTES;
}

/**
 * The hidden layer's z of all examples of a batch. Block by block, so that the weights of one block
 * stay in the first-level cache while the whole batch passes.
 */
function forwardHidden(model: usize, set: usize, batch: usize, size: u32): void {
  const allBounds = load<usize>(set, ExampleSet.BOUNDS);
  const rowBytes = hiddenBytes(model);
  const weightBytes = load<u32>(model, Mlp.INPUTS) * ROW_BYTES;
  let weights = load<usize>(model, Mlp.WEIGHTS);
  let biases = load<usize>(model, Mlp.BIASES);
  let z = load<usize>(model, Mlp.ACTIVATIONS);
  for (let b = load<u32>(model, Mlp.BLOCKS); b > 0; b--) {
    for (let k: u32 = 0; k < size; k++) {
      const bounds = allBounds + (load<u32>(batch + (k << 2)) << 3);
      const row = z + k * rowBytes;
      dense.forward4(load<usize>(bounds), load<usize>(bounds, 4), weights, biases, row);
    }
    weights += weightBytes;
    biases += ROW_BYTES;
    z += ROW_BYTES;
  }
}

/** The hidden layer's step, block by block as in `forwardHidden`. */
function descendHidden(model: usize, set: usize, batch: usize, size: u32): void {
  const allBounds = load<usize>(set, ExampleSet.BOUNDS);
  const rowBytes = hiddenBytes(model);
  const weightBytes = load<u32>(model, Mlp.INPUTS) * ROW_BYTES;
  let weights = load<usize>(model, Mlp.WEIGHTS);
  let biases = load<usize>(model, Mlp.BIASES);
  let steps = load<usize>(model, Mlp.STEPS);
  for (let b = load<u32>(model, Mlp.BLOCKS); b > 0; b--) {
    for (let k: u32 = 0; k < size; k++) {
      const bounds = allBounds + (load<u32>(batch + (k << 2)) << 3);
      const row = steps + k * rowBytes;
      dense.descend4(load<usize>(bounds), load<usize>(bounds, 4), weights, row);
      dense.descendBiases(biases, row, ROW_BYTES / VECTOR_BYTES);
    }
    weights += weightBytes;
    biases += ROW_BYTES;
    steps += ROW_BYTES;
  }
}

/**
 * From the hidden layer's z to its activations at `a`, those that are not zero at `active`, and the
 * probabilities at `outputs`.
 * @param activeEnd takes the end of the active neurons
 * @returns the cross-entropy of `label`
 */
function forwardOutputs(
  model: usize,
  label: u32,
  a: usize,
  active: usize,
  activeEnd: usize,
  outputs: usize,
): f32 {
  const hidden = load<u32>(model, Mlp.HIDDEN);
  const vectors = load<u32>(model, Softmax.VECTORS);
  activate(load<u32>(model, Mlp.ACTIVATION), a, hidden, (hidden + 3) >> 2);
  const end = listValues(a, hidden, active);
  store<usize>(activeEnd, end);
  const weights = load<usize>(model, Softmax.WEIGHTS);
  dense.forward(active, end, weights, vectors, load<usize>(model, Softmax.BIASES), outputs);
  return softmaxCrossEntropy(outputs, load<u32>(model, Softmax.CLASSES), vectors, label);
}

/** Lists the `count` values at `a` that are not zero, from `to` on; returns the list's end. */
function listValues(a: usize, count: u32, to: usize): usize {
  const end = count * ROW_BYTES;
  for (let row: u32 = 0; row < end; row += ROW_BYTES) {
    const value = load<f32>(a);
    store<u32>(to, row);
    store<f32>(to, value, 4);
    to += u32(value != 0) * LISTED_BYTES;
    a += 4;
  }
  return to;
}

/** What the cost asks of the hidden layer's z, from what it asks of the outputs. */
function backward(model: usize, a: usize, steps: usize, outputs: usize): void {
  const hidden = load<u32>(model, Mlp.HIDDEN);
  const vectors = load<u32>(model, Softmax.VECTORS);
  const kind = load<u32>(model, Mlp.ACTIVATION);
  let row = load<usize>(model, Softmax.WEIGHTS);
  // The rows that complete the last vector are zero.
  for (let j: u32 = 0; j < hidden; j += 4) {
    const below = dense.sumLanes(
      dot(row, outputs, vectors),
      dot(row + ROW_BYTES, outputs, vectors),
      dot(row + 2 * ROW_BYTES, outputs, vectors),
      dot(row + 3 * ROW_BYTES, outputs, vectors),
    );
    v128.store(steps + (j << 2), slopes(kind, v128.load(a + (j << 2)), below));
    row += 4 * ROW_BYTES;
  }
}

/**
 * The products of a row of weights with the steps, in the four interleaved sums of `Dense.backward`.
 */
function dot(row: usize, steps: usize, vectors: u32): v128 {
  // From +0, as the readable sums: a parameter that is −0 feels the sign of a zero.
  let sum = f32x4.splat(0);
  for (let v: u32 = 0; v < vectors; v++) {
    const at = v * VECTOR_BYTES;
    sum = f32x4.add(sum, f32x4.mul(v128.load(row + at), v128.load(steps + at)));
  }
  return sum;
}

/** One step on the examples whose u32 indices lie at `batch`; returns their mean cross-entropy. */
export function mlpStep(model: usize, set: usize, batch: usize, size: u32, rate: f32): f32 {
  const classes = load<u32>(model, Softmax.CLASSES);
  const vectors = load<u32>(model, Softmax.VECTORS);
  const weights = load<usize>(model, Softmax.WEIGHTS);
  const biases = load<usize>(model, Softmax.BIASES);
  const ends = load<usize>(model, Mlp.ACTIVE_ENDS);
  const outputBytes = vectors * VECTOR_BYTES;
  const rowBytes = hiddenBytes(model);
  const activeBytes = load<u32>(model, Mlp.HIDDEN) * LISTED_BYTES;
  const labels = load<usize>(set, ExampleSet.LABELS);
  const scale: f32 = rate / <f32>size;

  forwardHidden(model, set, batch, size);
  let loss: f32 = 0;
  let output = load<usize>(model, Softmax.OUTPUTS);
  let a = load<usize>(model, Mlp.ACTIVATIONS);
  let steps = load<usize>(model, Mlp.STEPS);
  let active = load<usize>(model, Mlp.ACTIVE);
  for (let k: u32 = 0; k < size; k++) {
    const label = load<u8>(labels + load<u32>(batch + (k << 2)));
    loss += forwardOutputs(model, label, a, active, ends + (k << 2), output);
    crossEntropyStep(output, classes, vectors, label, scale);
    backward(model, a, steps, output);
    output += outputBytes;
    a += rowBytes;
    steps += rowBytes;
    active += activeBytes;
  }
  output = load<usize>(model, Softmax.OUTPUTS);
  active = load<usize>(model, Mlp.ACTIVE);
  for (let k: u32 = 0; k < size; k++) {
    dense.descend(active, load<usize>(ends + (k << 2)), weights, vectors, output);
    dense.descendBiases(biases, output, vectors);
    output += outputBytes;
    active += activeBytes;
  }
  descendHidden(model, set, batch, size);
  return loss / <f32>size;
}

/** Writes the probabilities of example `i` to the first row of outputs; returns its cross-entropy. */
export function mlpClassify(model: usize, set: usize, i: u32): f32 {
  const indices = load<usize>(model, Softmax.INDICES);
  store<u32>(indices, i);
  forwardHidden(model, set, indices, 1);
  return forwardOutputs(
    model,
    load<u8>(load<usize>(set, ExampleSet.LABELS) + i),
    load<usize>(model, Mlp.ACTIVATIONS),
    load<usize>(model, Mlp.ACTIVE),
    load<usize>(model, Mlp.ACTIVE_ENDS),
    load<usize>(model, Softmax.OUTPUTS),
  );
}

/** Writes the cross-entropy of each example to `losses`; returns how many are classified rightly. */
export function mlpEvaluate(model: usize, set: usize, from: u32, to: u32, losses: usize): u32 {
  const classes = load<u32>(model, Softmax.CLASSES);
  const outputs = load<usize>(model, Softmax.OUTPUTS);
  const active = load<usize>(model, Mlp.ACTIVE);
  const ends = load<usize>(model, Mlp.ACTIVE_ENDS);
  const indices = load<usize>(model, Softmax.INDICES);
  const labels = load<usize>(set, ExampleSet.LABELS);
  const rowBytes = hiddenBytes(model);
  let correct: u32 = 0;
  while (from < to) {
    const size = min<u32>(EVALUATED, to - from);
    for (let k: u32 = 0; k < size; k++) store<u32>(indices + (k << 2), from + k);
    forwardHidden(model, set, indices, size);
    let a = load<usize>(model, Mlp.ACTIVATIONS);
    for (let k: u32 = 0; k < size; k++) {
      const label = load<u8>(labels + from + k);
      store<f32>(losses, forwardOutputs(model, label, a, active, ends, outputs));
      correct += u32(largest(outputs, classes) == label);
      losses += 4;
      a += rowBytes;
    }
    from += size;
  }
  return correct;
}
