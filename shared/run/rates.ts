/** How learning rates are given out. Rates are exact as shown: rounded to three digits when dealt. */
export type RatePolicy =
  /** Dealt over a log range as students join, so that any number of students covers it evenly. */
  | { kind: 'spread'; from: number; to: number }
  /** Each student picks one within the range. */
  | { kind: 'pick'; from: number; to: number }
  /** Dealt from a list, in turn. */
  | { kind: 'list'; rates: number[] };

/** The rate of the `k`-th student of a session, or null where the student is to pick it. */
export function dealRate(policy: RatePolicy, k: number): number | null {
  switch (policy.kind) {
    case 'spread':
      return rateAt(policy.from, policy.to, spreadFraction(k));
    case 'pick':
      return null;
    case 'list':
      return policy.rates[k % policy.rates.length] ?? null;
  }
}

/** The rate at `fraction` of the way from `from` to `to` on a log axis, rounded to three digits. */
export function rateAt(from: number, to: number, fraction: number): number {
  return shownRate(from * (to / from) ** fraction, from, to);
}

/** A rate as pages show it, with three digits, so that what is shown is what is used. */
export function shownRate(rate: number, from = -Infinity, to = Infinity): number {
  // toPrecision may round past an end of the range; the ends themselves are legal as given.
  return Math.min(Math.max(Number(rate.toPrecision(3)), Math.min(from, to)), Math.max(from, to));
}

/** Where a rate lies between `from` and `to` on a log axis: 0 at `from`, 1 at `to`. */
export function rateFraction(from: number, to: number, rate: number): number {
  return from === to ? 0.5 : Math.log(rate / from) / Math.log(to / from);
}

/** The range of rates a policy can give out. */
export function rateRange(policy: RatePolicy): { from: number; to: number } {
  if (policy.kind !== 'list') return { from: policy.from, to: policy.to };
  return { from: Math.min(...policy.rates), to: Math.max(...policy.rates) };
}

/**
 * 0, 1, 1/2, 1/4, 3/4, 1/8, …: both ends, then the van der Corput sequence, which halves the
 * widest gaps first, so that late joiners fill in and nobody's rate changes.
 */
export function spreadFraction(k: number): number {
  if (k < 2) return k;
  let fraction = 0;
  for (let rest = k - 1, digit = 0.5; rest > 0; rest >>= 1, digit /= 2) {
    if (rest & 1) fraction += digit;
  }
  return fraction;
}
