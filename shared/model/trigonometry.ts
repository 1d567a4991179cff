/**
 * sin and cos in 64 bits. Math.sin and Math.cos may differ in the last bit from one engine to
 * another; these use only + − × ÷ in a fixed order, which do not.
 *
 * Reduction and polynomials: Cephes mathematical library, sin.c (S. L. Moshier).
 */

/** π/4 in three parts, the first two of few bits, so that their products with an integer are exact. */
const QUARTER_PI = [
  7.85398125648498535156e-1, 3.77489470793079817668e-8, 2.69515142907905952645e-15,
];

const SIN = [
  1.5896230157654656806e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
  -1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1,
];
const COS = [
  -1.135853652138768173e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
  2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2,
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
