// The convolution of shared/model/convolution.ts, driven by the pixels that are not zero: each adds
// its value times the kernels to the 5×5 features around it. A feature receives its pixels row by
// row, as the readable code sums them. Nine channels lie side by side in three vectors; a row of
// five taps, from right to left, meets five neighbouring features: 15 vectors, written out.
import { LISTED_BYTES, VECTOR_BYTES } from './memory';

export const SIDE: u32 = 24;
const KERNEL_SIDE: u32 = 5;
/** Nine channels and three places of padding. */
export const PLACE_BYTES: u32 = 48;
/** 32 places: columns −4 … 27. */
export const FEATURE_ROW_BYTES: u32 = 1536;
export const FEATURE_BYTES: u32 = FEATURE_ROW_BYTES * SIDE;
const TAPS_BYTES: u32 = 240;
export const KERNEL_BYTES: u32 = TAPS_BYTES * KERNEL_SIDE;

/** z = b at every place. */
export function startFeatures(z: usize, biases: usize): void {
  const b0 = v128.load(biases);
  const b1 = v128.load(biases, 16);
  const b2 = v128.load(biases, 32);
  for (const end = z + FEATURE_BYTES; z < end; z += PLACE_BYTES) {
    v128.store(z, b0);
    v128.store(z, b1, 16);
    v128.store(z, b2, 32);
  }
}

/** z_c,r,q += x · K_c,i,j for every non-zero pixel x and every tap (i, j) that it meets. */
export function convolve(
  at: usize,
  end: usize,
  pixels: usize,
  kernels: usize,
  features: usize,
): void {
  for (; at < end; at += LISTED_BYTES) {
    const x = v128.load32_splat(at, 4);
    const pixel = pixels + (load<u32>(at) >> 4);
    const r: u32 = load<u16>(pixel);
    const q: u32 = load<u16>(pixel, 2);
    const first: u32 = r < SIDE ? 0 : r - SIDE + 1;
    const last = min<u32>(r, KERNEL_SIDE - 1);
    let k = kernels + first * TAPS_BYTES;
    let z = features + (r - first) * FEATURE_ROW_BYTES + q * PLACE_BYTES;
    for (let i = first; i <= last; i++) {
      v128.store(z, f32x4.add(v128.load(z), f32x4.mul(v128.load(k), x)));
      v128.store(z, f32x4.add(v128.load(z, 16), f32x4.mul(v128.load(k, 16), x)), 16);
      v128.store(z, f32x4.add(v128.load(z, 32), f32x4.mul(v128.load(k, 32), x)), 32);
      v128.store(z, f32x4.add(v128.load(z, 48), f32x4.mul(v128.load(k, 48), x)), 48);
      v128.store(z, f32x4.add(v128.load(z, 64), f32x4.mul(v128.load(k, 64), x)), 64);
      v128.store(z, f32x4.add(v128.load(z, 80), f32x4.mul(v128.load(k, 80), x)), 80);
      v128.store(z, f32x4.add(v128.load(z, 96), f32x4.mul(v128.load(k, 96), x)), 96);
      v128.store(z, f32x4.add(v128.load(z, 112), f32x4.mul(v128.load(k, 112), x)), 112);
      v128.store(z, f32x4.add(v128.load(z, 128), f32x4.mul(v128.load(k, 128), x)), 128);
      v128.store(z, f32x4.add(v128.load(z, 144), f32x4.mul(v128.load(k, 144), x)), 144);
      v128.store(z, f32x4.add(v128.load(z, 160), f32x4.mul(v128.load(k, 160), x)), 160);
      v128.store(z, f32x4.add(v128.load(z, 176), f32x4.mul(v128.load(k, 176), x)), 176);
      v128.store(z, f32x4.add(v128.load(z, 192), f32x4.mul(v128.load(k, 192), x)), 192);
      v128.store(z, f32x4.add(v128.load(z, 208), f32x4.mul(v128.load(k, 208), x)), 208);
      v128.store(z, f32x4.add(v128.load(z, 224), f32x4.mul(v128.load(k, 224), x)), 224);
      k += TAPS_BYTES;
      z -= FEATURE_ROW_BYTES;
    }
  }
}

/** ∂K_c,i,j += x · s_c,r,q over every non-zero pixel x, for all taps. */
export function correlate(
  at: usize,
  end: usize,
  pixels: usize,
  steps: usize,
  features: usize,
): void {
  for (let i: u32 = 0; i < KERNEL_SIDE; i++) {
    const row = steps + i * TAPS_BYTES;
    correlate8(at, end, pixels, i, row, features);
    correlate7(at, end, pixels, i, row + 8 * VECTOR_BYTES, features + 8 * VECTOR_BYTES);
  }
}

/** Row i of the taps: 8 of its 15 vectors, kept in registers over all pixels. */
function correlate8(
  at: usize,
  end: usize,
  pixels: usize,
  i: u32,
  steps: usize,
  features: usize,
): void {
  let d0 = v128.load(steps);
  let d1 = v128.load(steps, 16);
  let d2 = v128.load(steps, 32);
  let d3 = v128.load(steps, 48);
  let d4 = v128.load(steps, 64);
  let d5 = v128.load(steps, 80);
  let d6 = v128.load(steps, 96);
  let d7 = v128.load(steps, 112);
  for (; at < end; at += LISTED_BYTES) {
    const pixel = pixels + (load<u32>(at) >> 4);
    const r: u32 = load<u16>(pixel) - i;
    // Also where r − i is negative, which is a large number here.
    if (r >= SIDE) continue;
    const x = v128.load32_splat(at, 4);
    const z = features + r * FEATURE_ROW_BYTES + <u32>load<u16>(pixel, 2) * PLACE_BYTES;
    d0 = f32x4.add(d0, f32x4.mul(v128.load(z), x));
    d1 = f32x4.add(d1, f32x4.mul(v128.load(z, 16), x));
    d2 = f32x4.add(d2, f32x4.mul(v128.load(z, 32), x));
    d3 = f32x4.add(d3, f32x4.mul(v128.load(z, 48), x));
    d4 = f32x4.add(d4, f32x4.mul(v128.load(z, 64), x));
    d5 = f32x4.add(d5, f32x4.mul(v128.load(z, 80), x));
    d6 = f32x4.add(d6, f32x4.mul(v128.load(z, 96), x));
    d7 = f32x4.add(d7, f32x4.mul(v128.load(z, 112), x));
  }
  v128.store(steps, d0);
  v128.store(steps, d1, 16);
  v128.store(steps, d2, 32);
  v128.store(steps, d3, 48);
  v128.store(steps, d4, 64);
  v128.store(steps, d5, 80);
  v128.store(steps, d6, 96);
  v128.store(steps, d7, 112);
}

/** Row i of the taps: 7 of its 15 vectors, kept in registers over all pixels. */
function correlate7(
  at: usize,
  end: usize,
  pixels: usize,
  i: u32,
  steps: usize,
  features: usize,
): void {
  let d0 = v128.load(steps);
  let d1 = v128.load(steps, 16);
  let d2 = v128.load(steps, 32);
  let d3 = v128.load(steps, 48);
  let d4 = v128.load(steps, 64);
  let d5 = v128.load(steps, 80);
  let d6 = v128.load(steps, 96);
  for (; at < end; at += LISTED_BYTES) {
    const pixel = pixels + (load<u32>(at) >> 4);
    const r: u32 = load<u16>(pixel) - i;
    // Also where r − i is negative, which is a large number here.
    if (r >= SIDE) continue;
    const x = v128.load32_splat(at, 4);
    const z = features + r * FEATURE_ROW_BYTES + <u32>load<u16>(pixel, 2) * PLACE_BYTES;
    d0 = f32x4.add(d0, f32x4.mul(v128.load(z), x));
    d1 = f32x4.add(d1, f32x4.mul(v128.load(z, 16), x));
    d2 = f32x4.add(d2, f32x4.mul(v128.load(z, 32), x));
    d3 = f32x4.add(d3, f32x4.mul(v128.load(z, 48), x));
    d4 = f32x4.add(d4, f32x4.mul(v128.load(z, 64), x));
    d5 = f32x4.add(d5, f32x4.mul(v128.load(z, 80), x));
    d6 = f32x4.add(d6, f32x4.mul(v128.load(z, 96), x));
  }
  v128.store(steps, d0);
  v128.store(steps, d1, 16);
  v128.store(steps, d2, 32);
  v128.store(steps, d3, 48);
  v128.store(steps, d4, 64);
  v128.store(steps, d5, 80);
  v128.store(steps, d6, 96);
}

/** ∂b_c += Σ s_c,r,q, row by row. */
export function gatherBiases(features: usize, steps: usize): void {
  let d0 = v128.load(steps);
  let d1 = v128.load(steps, 16);
  let d2 = v128.load(steps, 32);
  for (let r: u32 = 0; r < SIDE; r++) {
    let z = features + r * FEATURE_ROW_BYTES + 4 * PLACE_BYTES;
    for (const end = z + SIDE * PLACE_BYTES; z < end; z += PLACE_BYTES) {
      d0 = f32x4.add(d0, v128.load(z));
      d1 = f32x4.add(d1, v128.load(z, 16));
      d2 = f32x4.add(d2, v128.load(z, 32));
    }
  }
  v128.store(steps, d0);
  v128.store(steps, d1, 16);
  v128.store(steps, d2, 32);
}

/** parameters −= steps, and steps = 0, over `bytes`. */
export function descendSteps(parameters: usize, steps: usize, bytes: u32): void {
  const zero = f32x4.splat(0);
  for (let at: u32 = 0; at < bytes; at += VECTOR_BYTES) {
    v128.store(parameters + at, f32x4.sub(v128.load(parameters + at), v128.load(steps + at)));
    v128.store(steps + at, zero);
  }
}
