// A dense layer over a list of inputs that are not zero: the sums of shared/model/dense.ts, four
// outputs at a time. Up to four vectors of outputs keep their sums in registers, so each width is
// written out. A row of weights is one cache line, however many of its vectors are in use.
import { LISTED_BYTES, VECTOR_BYTES } from './memory';

/** z_k = b_k + Σ_j x_j · W_jk over the inputs listed from `at` to `end`, for `vectors` ≤ 4. */
export function forward(
  at: usize,
  end: usize,
  weights: usize,
  vectors: u32,
  biases: usize,
  z: usize,
): void {
  if (vectors == 4) forward4(at, end, weights, biases, z);
  else if (vectors == 3) forward3(at, end, weights, biases, z);
  else if (vectors == 2) forward2(at, end, weights, biases, z);
  else forward1(at, end, weights, biases, z);
}

/** W_jk −= x_j · s_k over the inputs listed from `at` to `end`, for `vectors` ≤ 4. */
export function descend(at: usize, end: usize, weights: usize, vectors: u32, steps: usize): void {
  if (vectors == 4) descend4(at, end, weights, steps);
  else if (vectors == 3) descend3(at, end, weights, steps);
  else if (vectors == 2) descend2(at, end, weights, steps);
  else descend1(at, end, weights, steps);
}

/** b −= s, `vectors` of them. */
export function descendBiases(biases: usize, steps: usize, vectors: u32): void {
  for (let v: u32 = 0; v < vectors; v++) {
    const at = v * VECTOR_BYTES;
    v128.store(biases + at, f32x4.sub(v128.load(biases + at), v128.load(steps + at)));
  }
}

/** (lane 0 + lane 1) + (lane 2 + lane 3) of each of four vectors, as `Dense.backward` ends its sums. */
export function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 2, 4, 6), v128.shuffle<f32>(c, d, 1, 3, 5, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

export function forward4(at: usize, end: usize, weights: usize, biases: usize, z: usize): void {
  let z0 = v128.load(biases);
  let z1 = v128.load(biases, 16);
  let z2 = v128.load(biases, 32);
  let z3 = v128.load(biases, 48);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    z0 = f32x4.add(z0, f32x4.mul(v128.load(row), x));
    z1 = f32x4.add(z1, f32x4.mul(v128.load(row, 16), x));
    z2 = f32x4.add(z2, f32x4.mul(v128.load(row, 32), x));
    z3 = f32x4.add(z3, f32x4.mul(v128.load(row, 48), x));
  }
  v128.store(z, z0);
  v128.store(z, z1, 16);
  v128.store(z, z2, 32);
  v128.store(z, z3, 48);
}

function forward3(at: usize, end: usize, weights: usize, biases: usize, z: usize): void {
  let z0 = v128.load(biases);
  let z1 = v128.load(biases, 16);
  let z2 = v128.load(biases, 32);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    z0 = f32x4.add(z0, f32x4.mul(v128.load(row), x));
    z1 = f32x4.add(z1, f32x4.mul(v128.load(row, 16), x));
    z2 = f32x4.add(z2, f32x4.mul(v128.load(row, 32), x));
  }
  v128.store(z, z0);
  v128.store(z, z1, 16);
  v128.store(z, z2, 32);
}

function forward2(at: usize, end: usize, weights: usize, biases: usize, z: usize): void {
  let z0 = v128.load(biases);
  let z1 = v128.load(biases, 16);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    z0 = f32x4.add(z0, f32x4.mul(v128.load(row), x));
    z1 = f32x4.add(z1, f32x4.mul(v128.load(row, 16), x));
  }
  v128.store(z, z0);
  v128.store(z, z1, 16);
}

function forward1(at: usize, end: usize, weights: usize, biases: usize, z: usize): void {
  let z0 = v128.load(biases);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    z0 = f32x4.add(z0, f32x4.mul(v128.load(row), x));
  }
  v128.store(z, z0);
}

export function descend4(at: usize, end: usize, weights: usize, steps: usize): void {
  const s0 = v128.load(steps);
  const s1 = v128.load(steps, 16);
  const s2 = v128.load(steps, 32);
  const s3 = v128.load(steps, 48);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    v128.store(row, f32x4.sub(v128.load(row), f32x4.mul(x, s0)));
    v128.store(row, f32x4.sub(v128.load(row, 16), f32x4.mul(x, s1)), 16);
    v128.store(row, f32x4.sub(v128.load(row, 32), f32x4.mul(x, s2)), 32);
    v128.store(row, f32x4.sub(v128.load(row, 48), f32x4.mul(x, s3)), 48);
  }
}

function descend3(at: usize, end: usize, weights: usize, steps: usize): void {
  const s0 = v128.load(steps);
  const s1 = v128.load(steps, 16);
  const s2 = v128.load(steps, 32);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    v128.store(row, f32x4.sub(v128.load(row), f32x4.mul(x, s0)));
    v128.store(row, f32x4.sub(v128.load(row, 16), f32x4.mul(x, s1)), 16);
    v128.store(row, f32x4.sub(v128.load(row, 32), f32x4.mul(x, s2)), 32);
  }
}

function descend2(at: usize, end: usize, weights: usize, steps: usize): void {
  const s0 = v128.load(steps);
  const s1 = v128.load(steps, 16);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    v128.store(row, f32x4.sub(v128.load(row), f32x4.mul(x, s0)));
    v128.store(row, f32x4.sub(v128.load(row, 16), f32x4.mul(x, s1)), 16);
  }
}

function descend1(at: usize, end: usize, weights: usize, steps: usize): void {
  const s0 = v128.load(steps);
  for (; at < end; at += LISTED_BYTES) {
    const row = weights + load<u32>(at);
    const x = v128.load32_splat(at, 4);
    v128.store(row, f32x4.sub(v128.load(row), f32x4.mul(x, s0)));
  }
}
