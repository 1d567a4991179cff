import { exp32, log32 } from './real32.ts';

const { fround } = Math;

/**
 * Softmax p_k = e^z_k / Σ e^z_j, written over the logits z. The largest logit is subtracted first,
 * which changes no p and keeps e^z from overflowing.
 *
 * Formulas of both functions: C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), 4.3.4.
 * @param z a logit for each class; takes their probabilities
 * @param label 0 … classes − 1
 * @returns the cross-entropy −ln p_label, in nats, as ln Σ e^(z_j − max) − (z_label − max): finite
 * even where p_label is too small for a float
 */
export function softmaxCrossEntropy(z: Float32Array, label: number): number {
  let max = z[0]!;
  for (let k = 1; k < z.length; k++) if (z[k]! > max) max = z[k]!;
  const shifted = fround(z[label]! - max);
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = exp32(fround(z[k]! - max));
    sum = fround(sum + z[k]!);
  }
  for (let k = 0; k < z.length; k++) z[k]! /= sum;
  return fround(log32(sum) - shifted);
}

/**
 * The step that descends the cross-entropy, written over the probabilities p:
 * ∂C/∂z_k = p_k − [k = label], times `scale` (learning rate over batch size).
 * @param p a probability for each class; takes the steps
 * @param label 0 … classes − 1
 */
export function crossEntropyStep(p: Float32Array, label: number, scale: number): void {
  p[label]! -= 1;
  for (let k = 0; k < p.length; k++) p[k]! *= scale;
}

/** The index of the largest value, the first of equals: the model's answer. */
export function largest(p: Float32Array): number {
  let best = 0;
  for (let k = 1; k < p.length; k++) if (p[k]! > p[best]!) best = k;
  return best;
}
