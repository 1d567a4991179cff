/**
 * A loss in 16 bits, for curves that are only looked at: the sign that it never has is left out,
 * the 8 bits of exponent of a 32-bit float stay, and 8 of its 23 bits of fraction. Off by at most
 * 1 part in 512, over the whole range of a float.
 */

const FRACTION_CUT = 15;
/** Infinity and NaN begin here; no loss is written so. */
export const SHORT_END = 0xff00;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** @param loss finite and not negative */
export function toShort(loss: number): number {
  // A loss of −0 is one of 0.
  float[0] = Math.abs(loss);
  const rounded = (bits[0]! + (1 << (FRACTION_CUT - 1))) >>> FRACTION_CUT;
  return Math.min(rounded, SHORT_END - 1);
}

export function fromShort(short: number): number {
  bits[0] = short << FRACTION_CUT;
  return float[0]!;
}
