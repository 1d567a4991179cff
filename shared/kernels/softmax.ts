// shared/model/softmaxRegression.ts, with the same sums in the same order.
import { crossEntropyStep, largest, softmaxCrossEntropy } from './crossEntropy';
import * as dense from './dense';
import { EVALUATED, ExampleSet, Softmax, VECTOR_BYTES } from './memory';

/** Writes the logits of the examples whose u32 indices lie at `batch` to `outputs`, row by row. */
function forward(model: usize, set: usize, batch: usize, size: u32, outputs: usize): void {
  const vectors = load<u32>(model, Softmax.VECTORS);
  const rowBytes = vectors * VECTOR_BYTES;
  const weights = load<usize>(model, Softmax.WEIGHTS);
  const biases = load<usize>(model, Softmax.BIASES);
  const allBounds = load<usize>(set, ExampleSet.BOUNDS);
  for (let k: u32 = 0; k < size; k++) {
    const bounds = allBounds + (load<u32>(batch + (k << 2)) << 3);
    dense.forward(load<usize>(bounds), load<usize>(bounds, 4), weights, vectors, biases, outputs);
    outputs += rowBytes;
  }
}

/** One step on the examples whose u32 indices lie at `batch`; returns their mean cross-entropy. */
export function softmaxStep(model: usize, set: usize, batch: usize, size: u32, rate: f32): f32 {
  const classes = load<u32>(model, Softmax.CLASSES);
  const vectors = load<u32>(model, Softmax.VECTORS);
  const outputs = load<usize>(model, Softmax.OUTPUTS);
  const rowBytes = vectors * VECTOR_BYTES;
  const scale: f32 = rate / <f32>size;
  const weights = load<usize>(model, Softmax.WEIGHTS);
  const biases = load<usize>(model, Softmax.BIASES);
  const allBounds = load<usize>(set, ExampleSet.BOUNDS);
  const labels = load<usize>(set, ExampleSet.LABELS);

  forward(model, set, batch, size, outputs);
  let loss: f32 = 0;
  for (let k: u32 = 0; k < size; k++) {
    const i = load<u32>(batch + (k << 2));
    const label = load<u8>(labels + i);
    const steps = outputs + k * rowBytes;
    const bounds = allBounds + (i << 3);
    loss += softmaxCrossEntropy(steps, classes, vectors, label);
    crossEntropyStep(steps, classes, vectors, label, scale);
    dense.descend(load<usize>(bounds), load<usize>(bounds, 4), weights, vectors, steps);
    dense.descendBiases(biases, steps, vectors);
  }
  return loss / <f32>size;
}

/** Writes the probabilities of example `i` to the first row of outputs; returns its cross-entropy. */
export function softmaxClassify(model: usize, set: usize, i: u32): f32 {
  const outputs = load<usize>(model, Softmax.OUTPUTS);
  const indices = load<usize>(model, Softmax.INDICES);
  store<u32>(indices, i);
  forward(model, set, indices, 1, outputs);
  return softmaxCrossEntropy(
    outputs,
    load<u32>(model, Softmax.CLASSES),
    load<u32>(model, Softmax.VECTORS),
    load<u8>(load<usize>(set, ExampleSet.LABELS) + i),
  );
}

/** Writes the cross-entropy of each example to `losses`; returns how many are classified rightly. */
export function softmaxEvaluate(model: usize, set: usize, from: u32, to: u32, losses: usize): u32 {
  const classes = load<u32>(model, Softmax.CLASSES);
  const vectors = load<u32>(model, Softmax.VECTORS);
  const rowBytes = vectors * VECTOR_BYTES;
  const indices = load<usize>(model, Softmax.INDICES);
  const labels = load<usize>(set, ExampleSet.LABELS);
  let correct: u32 = 0;
  while (from < to) {
    const size = min<u32>(EVALUATED, to - from);
    for (let k: u32 = 0; k < size; k++) store<u32>(indices + (k << 2), from + k);
    let output = load<usize>(model, Softmax.OUTPUTS);
    forward(model, set, indices, size, output);
    for (let k: u32 = 0; k < size; k++) {
      const label = load<u8>(labels + from + k);
      store<f32>(losses, softmaxCrossEntropy(output, classes, vectors, label));
      correct += u32(largest(output, classes) == label);
      losses += 4;
      output += rowBytes;
    }
    from += size;
  }
  return correct;
}
