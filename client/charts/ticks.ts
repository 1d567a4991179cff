export type Spacing = 'linear' | 'log';

/** Round values from `min` to `max`, both within them where they are round themselves. */
export function ticks(spacing: Spacing, min: number, max: number, most: number): number[] {
  return spacing === 'log' ? logTicks(min, max, most) : linearTicks(min, max, most);
}

/** A range narrower than this share of its values has no digits to tell its ticks apart. */
const NARROWEST = 1e-10;
/** Beyond these a step can leave what a number holds. */
const [SMALLEST, LARGEST] = [1e-290, 1e290];
/** As many ticks as anybody can want. */
const MOST = 100;

/**
 * At most `most` + 1 multiples of 1, 2 or 5 times a power of ten, all different; two of them however
 * few are wanted, as one says nothing about a scale. A range without width has its one value, and
 * one without a near end none.
 */
export function linearTicks(min: number, max: number, most: number): number[] {
  const furthest = Math.max(Math.abs(min), Math.abs(max));
  if (!(furthest < LARGEST)) return [];
  if (max - min <= Math.max(SMALLEST, NARROWEST * furthest)) return [min];
  const wanted = most >= 1 ? Math.min(most, MOST) : 1;
  let step = roundUp((max - min) / wanted);
  let all = multiples(step, min, max);
  while (all.length < 2) {
    step = roundDown(step * 0.9);
    all = multiples(step, min, max);
  }
  const stride = Math.ceil(all.length / Math.max(2, wanted + 1));
  return all.filter((_, k) => k % stride === 0);
}

/** The multiples of `step` from `min` to `max`. */
function multiples(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - first + 1;
  // Multiplying by 0.1 leaves 0.30000000000000004 where dividing by 10 does not.
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/**
 * Powers of ten, thinned out where they are many, with 2 and 5 between where they are few, and
 * evenly spaced values where even of those there are not two. All are different; where the range is
 * not one of positive numbers there are none.
 */
export function logTicks(min: number, max: number, most: number): number[] {
  if (!(min > SMALLEST && max < LARGEST)) return [];
  const decades = Math.log10(max / min);
  const low = Math.ceil(Math.log10(min) - 1e-9);
  const high = Math.floor(Math.log10(max) + 1e-9);
  if (decades <= most / 3 || high <= low) {
    const all: number[] = [];
    for (let exponent = low - 1; exponent <= high; exponent++) {
      for (const digit of [1, 2, 5]) all.push(Number(`${digit}e${exponent}`));
    }
    const within = all.filter((v) => v >= min * (1 - 1e-9) && v <= max * (1 + 1e-9));
    if (within.length < 2) return linearTicks(min, max, most);
    const stride = Math.ceil(within.length / (most + 1));
    return within.filter((_, k) => k % stride === 0);
  }
  // One tick says nothing about a scale: however few are wanted, two powers there are are shown.
  const stride = Math.min(Math.max(1, Math.ceil(decades / most)), high - low);
  const even = Math.ceil(low / stride) * stride;
  const first = even + stride <= high ? even : low;
  const powers: number[] = [];
  for (let exponent = first; exponent <= high; exponent += stride) {
    powers.push(Number(`1e${exponent}`));
  }
  return powers;
}

/** The smallest of 1, 2, 5, 10, 20, … that is not below `value`. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return Number((digit * power).toPrecision(1));
}

/** The largest of 1, 2, 5, 10, 20, … that is not above `value`. */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [5, 2, 1].find((candidate) => candidate * power <= value * (1 + 1e-9)) ?? 1;
  return Number((digit * power).toPrecision(1));
}
