import { VECTOR_BYTES } from './memory';
import { exp4, log32 } from './real32';

/** Softmax over the logits at `z`; returns the cross-entropy of `label`. */
export function softmaxCrossEntropy(z: usize, classes: u32, vectors: u32, label: u32): f32 {
  // Padding must not be the largest. A logit that is no number makes all results none, as it should.
  const first = load<f32>(z);
  for (let k = classes; k < vectors << 2; k++) store<f32>(z + (k << 2), first);
  let largest = v128.load(z);
  for (let v: u32 = 1; v < vectors; v++) {
    largest = f32x4.pmax(largest, v128.load(z + v * VECTOR_BYTES));
  }
  largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1));
  largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 1, 0, 3, 2));
  const max = v128.shuffle<f32>(largest, largest, 0, 0, 0, 0);
  const shifted: f32 = load<f32>(z + (label << 2)) - f32x4.extract_lane(max, 0);
  for (let v: u32 = 0; v < vectors; v++) {
    const at = z + v * VECTOR_BYTES;
    v128.store(at, exp4(f32x4.sub(v128.load(at), max)));
  }
  let sum: f32 = 0;
  for (let k: u32 = 0; k < classes; k++) sum += load<f32>(z + (k << 2));
  const divisor = f32x4.splat(sum);
  for (let v: u32 = 0; v < vectors; v++) {
    const at = z + v * VECTOR_BYTES;
    v128.store(at, f32x4.div(v128.load(at), divisor));
  }
  return log32(sum) - shifted;
}

/** From the probabilities at `p` to the step that descends the cross-entropy; padding becomes 0. */
export function crossEntropyStep(
  p: usize,
  classes: u32,
  vectors: u32,
  label: u32,
  scale: f32,
): void {
  store<f32>(p + (label << 2), load<f32>(p + (label << 2)) - 1);
  const factor = f32x4.splat(scale);
  for (let v: u32 = 0; v < vectors; v++) {
    const at = p + v * VECTOR_BYTES;
    v128.store(at, f32x4.mul(v128.load(at), factor));
  }
  for (let k = classes; k < vectors << 2; k++) store<f32>(p + (k << 2), 0);
}

/** The class with the largest probability, the first of equals. */
export function largest(p: usize, classes: u32): u32 {
  let best: u32 = 0;
  for (let k: u32 = 1; k < classes; k++) {
    if (load<f32>(p + (k << 2)) > load<f32>(p + (best << 2))) best = k;
  }
  return best;
}
