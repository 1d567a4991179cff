// exp and log of shared/model/real32.ts, operation by operation.

const LOG2_E: f32 = 1.4426950408889634;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
const SQRT_HALF: f32 = 0.7071067811865476;
const EXP_MIN: f32 = -87.33;
const EXP_MAX: f32 = 88.37;

/** e^x in each of four lanes. */
export function exp4(x: v128): v128 {
  const n = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(LOG2_E)), f32x4.splat(0.5)));
  const r = f32x4.sub(
    f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH))),
    f32x4.mul(n, f32x4.splat(LN2_LOW)),
  );
  let sum = f32x4.splat(1.98756915e-4);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(5.0000001201e-1));
  sum = f32x4.mul(f32x4.mul(sum, r), r);
  sum = f32x4.add(f32x4.add(sum, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  const exp = f32x4.mul(sum, power);
  const small = v128.andnot(exp, f32x4.lt(x, f32x4.splat(EXP_MIN)));
  return v128.bitselect(f32x4.splat(Infinity), small, f32x4.gt(x, f32x4.splat(EXP_MAX)));
}

/** e^x. */
export function exp32(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** The natural logarithm of a positive normal x. */
export function log32(x: f32): f32 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return Infinity;
  const bits = reinterpret<i32>(x);
  let e = (bits >> 23) - 126;
  let m = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (m < SQRT_HALF) {
    e -= 1;
    m = m + m;
  }
  const f: f32 = m - 1;
  const square: f32 = f * f;
  let sum: f32 = 7.0376836292e-2;
  sum = sum * f + <f32>-1.151461031e-1;
  sum = sum * f + <f32>1.167699874e-1;
  sum = sum * f + <f32>-1.2420140846e-1;
  sum = sum * f + <f32>1.4249322787e-1;
  sum = sum * f + <f32>-1.6668057665e-1;
  sum = sum * f + <f32>2.0000714765e-1;
  sum = sum * f + <f32>-2.4999993993e-1;
  sum = sum * f + <f32>3.3333331174e-1;
  sum = sum * f * square;
  sum = sum + <f32>e * LN2_LOW;
  sum = sum - <f32>0.5 * square;
  return f + sum + <f32>e * LN2_HIGH;
}
