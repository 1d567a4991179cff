import { exp32 } from './real32.ts';

const { fround } = Math;

/**
 * What a hidden neuron makes of its z. Each is written so that its slope follows from its value.
 *
 * Formulas: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning" (2016), 6.3.
 */
export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid'] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

export interface Activation {
  /** a = f(z), one 32-bit value of one neuron. */
  forward(z: number): number;
  /** ∂C/∂z from ∂C/∂a, since f′(z) can be told from a = f(z). */
  backward(a: number, slope: number): number;
}

/** max(0, z), which is NaN where z is: a diverged neuron must not look like a silent one. */
const relu: Activation = {
  forward: (z) => (z < 0 ? 0 : z),
  backward: (a, slope) => (a > 0 ? slope : 0),
};

/** 1 / (1 + e^−z), with σ′ = σ(1 − σ). */
const sigmoid: Activation = {
  forward: (z) => fround(1 / fround(1 + exp32(-z))),
  backward: (a, slope) => fround(slope * fround(a * fround(1 - a))),
};

/** Below, tanh is taken from a polynomial, since 1 − 2/(e^2z + 1) would lose its digits. */
const TANH_SMALL = fround(0.625);
/** Cephes mathematical library, tanhf (S. L. Moshier). */
const TANH = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
].map(fround);

function tanh32(z: number): number {
  const size = z < 0 ? -z : z;
  if (!(size < TANH_SMALL)) {
    const t = fround(1 - fround(2 / fround(exp32(fround(size + size)) + 1)));
    return z < 0 ? -t : t;
  }
  const square = fround(z * z);
  let sum = TANH[0]!;
  for (let i = 1; i < TANH.length; i++) sum = fround(fround(sum * square) + TANH[i]!);
  return fround(fround(fround(sum * square) * z) + z);
}

/** (e^z − e^−z) / (e^z + e^−z), with tanh′ = 1 − tanh². */
const tanh: Activation = {
  forward: tanh32,
  backward: (a, slope) => fround(slope * fround(1 - fround(a * a))),
};

export const ACTIVATION: Record<ActivationName, Activation> = { relu, tanh, sigmoid };
