// The activations of shared/model/activation.ts, operation by operation.
import { VECTOR_BYTES } from './memory';
import { exp32 } from './real32';

export const RELU: u32 = 0;
export const TANH: u32 = 1;
export const SIGMOID: u32 = 2;

const TANH_SMALL: f32 = 0.625;

function tanh32(z: f32): f32 {
  const size: f32 = z < 0 ? -z : z;
  if (!(size < TANH_SMALL)) {
    const t: f32 = 1 - <f32>2 / (exp32(size + size) + 1);
    return z < 0 ? -t : t;
  }
  const square: f32 = z * z;
  let sum: f32 = -5.70498872745e-3;
  sum = sum * square + <f32>2.06390887954e-2;
  sum = sum * square + <f32>-5.37397155531e-2;
  sum = sum * square + <f32>1.33314422036e-1;
  sum = sum * square + <f32>-3.33332819422e-1;
  return sum * square * z + z;
}

/** a = f(z) in place, for `count` neurons in `vectors` vectors. */
export function activate(kind: u32, z: usize, count: u32, vectors: u32): void {
  if (kind == RELU) {
    const zero = f32x4.splat(0);
    for (let v: u32 = 0; v < vectors; v++) {
      const at = z + v * VECTOR_BYTES;
      v128.store(at, f32x4.pmax(v128.load(at), zero));
    }
    return;
  }
  for (let j: u32 = 0; j < count; j++) {
    const at = z + (j << 2);
    const value = load<f32>(at);
    store<f32>(at, kind == TANH ? tanh32(value) : <f32>1 / (<f32>1 + exp32(-value)));
  }
}

/** ∂C/∂z of four neurons from their activations and ∂C/∂a. */
export function slopes(kind: u32, a: v128, slope: v128): v128 {
  const one = f32x4.splat(1);
  if (kind == RELU) return v128.and(slope, f32x4.gt(a, f32x4.splat(0)));
  const factor = kind == TANH ? f32x4.sub(one, f32x4.mul(a, a)) : f32x4.mul(a, f32x4.sub(one, a));
  return f32x4.mul(slope, factor);
}
