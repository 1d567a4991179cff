/** Share of the weights that stay within the scale; the few largest would pale all others. */
const WITHIN = 0.995;

/** Where the colours end: the size that all but a few weights stay below; 0 where all are 0. */
export function scaleEnd(weights: Float32Array): number {
  const sizes = weights.map(Math.abs).sort();
  return sizes[Math.ceil(WITHIN * sizes.length) - 1] || (sizes.at(-1) ?? 0);
}

/** The weight of the largest size, and the digit and pixel that it belongs to. */
export function strongest(
  weights: Float32Array,
  pixels: number,
): { weight: number; digit: number; pixel: number } {
  let at = 0;
  for (let i = 1; i < weights.length; i++) {
    if (Math.abs(weights[i]!) > Math.abs(weights[at]!)) at = i;
  }
  return { weight: weights[at] ?? 0, digit: Math.floor(at / pixels), pixel: at % pixels };
}

/** Blue speaks against a digit, orange for it: apart for every kind of colour vision. */
const AGAINST = [0x1f, 0x7f, 0xd0] as const;
const FOR = [0xe0, 0x6a, 0x00] as const;

/** Writes the pixels of weights: no weight shows the ground, light or dark, that lies below. */
export function paintWeights(weights: Float32Array, end: number, rgba: Uint8ClampedArray): void {
  for (let i = 0; i < weights.length; i++) {
    const share = end === 0 ? 0 : Math.min(Math.abs(weights[i]!) / end, 1);
    const [red, green, blue] = weights[i]! < 0 ? AGAINST : FOR;
    const at = 4 * i;
    rgba[at] = red;
    rgba[at + 1] = green;
    rgba[at + 2] = blue;
    rgba[at + 3] = 255 * share;
  }
}
