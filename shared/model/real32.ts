/**
 * exp and log in 32-bit arithmetic. Math.exp and Math.log may differ in the last bit from one
 * engine to another; these use only + − × ÷, each rounded to 32 bits, in a fixed order, so every
 * engine gives the same bits.
 *
 * Polynomials and constants: Cephes mathematical library, expf and logf (S. L. Moshier).
 */
const { fround } = Math;

const LOG2_E = fround(1.4426950408889634);
/** ln 2 in two parts, the first of few bits, so that n · LN2_HIGH is exact. */
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-2.1219444e-4);

const EXP = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
  5.0000001201e-1,
].map(fround);

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround);

const SQRT_HALF = fround(0.7071067811865476);

/** Below, e^x is smaller than the smallest normal 32-bit float and counts as zero. */
const EXP_MIN = fround(-87.33);
/** Above, e^x is larger than the largest 32-bit float. */
const EXP_MAX = fround(88.37);

/** The same four bytes seen as a float and as an integer: exponent bits are set by hand. */
const asFloat = new Float32Array(1);
const asInt = new Int32Array(asFloat.buffer);

/** e^x to within 2 units in the last place; 0 below −87.33, Infinity above 88.37, NaN for NaN. */
export function exp32(x: number): number {
  if (!(x >= EXP_MIN)) return x !== x ? NaN : 0;
  if (x > EXP_MAX) return Infinity;
  // x = n ln 2 + r with |r| ≤ ln 2 / 2, so e^x = 2^n · e^r.
  const n = Math.floor(fround(fround(x * LOG2_E) + 0.5));
  const r = fround(fround(x - fround(n * LN2_HIGH)) - fround(n * LN2_LOW));
  let sum = EXP[0]!;
  for (let i = 1; i < EXP.length; i++) sum = fround(fround(sum * r) + EXP[i]!);
  sum = fround(fround(fround(fround(sum * r) * r) + r) + 1);
  asInt[0] = (n + 127) << 23;
  return fround(sum * asFloat[0]!);
}

/** The natural logarithm of a positive normal x; −Infinity for 0, NaN for NaN or less than 0. */
export function log32(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  // x = 2^e · m with √½ ≤ m < √2, so ln x = e ln 2 + ln m.
  asFloat[0] = x;
  let e = (asInt[0]! >> 23) - 126;
  asInt[0] = (asInt[0]! & 0x007fffff) | 0x3f000000;
  let m = asFloat[0];
  if (m < SQRT_HALF) {
    e -= 1;
    m = fround(m + m);
  }
  const f = fround(m - 1);
  const square = fround(f * f);
  let sum = LOG[0]!;
  for (let i = 1; i < LOG.length; i++) sum = fround(fround(sum * f) + LOG[i]!);
  sum = fround(fround(sum * f) * square);
  sum = fround(sum + fround(e * LN2_LOW));
  sum = fround(sum - fround(0.5 * square));
  return fround(fround(f + sum) + fround(e * LN2_HIGH));
}
