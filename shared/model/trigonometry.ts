/**
 * sin and cos in 64 bits. Math.sin and Math.cos may differ in the last bit from one engine to
 * another; these use only + − × ÷ in a fixed order, which do not.
 *
 * Reduction and polynomials: Cephes mathematical library, sin.c (S. L. Moshier).
 */

/** π/4 in three parts, the first two of few bits, so that their products with an integer are exact. */
const QUARTER_PI = [0.7853981256484985, 3.774894707930798e-8, 2.6951514290790595e-15];

const SIN = [
  1.5896230157654656e-10, -2.5050747762857807e-8, 0.0000027557313621385722, -0.0001984126982958954,
  0.008333333333322118, -0.1666666666666663,
];
const COS = [
  -1.1358536521387682e-11, 2.087570084197473e-9, -2.755731417929674e-7, 0.000024801587288851704,
  -0.0013888888888873056, 0.041666666666666595,
];

/** sin x, x in radians, |x| ≤ 10⁹; within 10⁻¹⁵ for |x| ≤ 10⁶. */
export function sine(x: number): number {
  const value = turned(Math.abs(x), 0);
  return x < 0 ? -value : value;
}

/** cos x, as `sine`. */
export function cosine(x: number): number {
  return turned(Math.abs(x), 2);
}

/** sin(x + eighths · π/4) for x ≥ 0 and an even number of eighths of a turn. */
function turned(x: number, eighths: number): number {
  // The octant, made even so that the remainder lies within ±π/4.
  let octant = Math.floor(x / (Math.PI / 4));
  octant += octant % 2;
  const [high, middle, low] = QUARTER_PI as [number, number, number];
  const r = x - octant * high - octant * middle - octant * low;
  const quarter = ((octant + eighths) / 2) % 4;
  const square = r * r;
  const value =
    quarter % 2 === 0
      ? r + r * square * polynomial(SIN, square)
      : 1 - square / 2 + square * square * polynomial(COS, square);
  return quarter < 2 ? value : -value;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}
