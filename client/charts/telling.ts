import type { GoodRates } from '../../shared/run/judgement.ts';

/** A curve as far as it matters for what it teaches. */
export interface Told {
  rate: number;
  gone: boolean;
  isBest: boolean;
}

/**
 * The learning rates that a class talks about: the best, the lowest and the highest, the first and
 * the last of the good ones, the highest that held, the lowest and the highest that diverged.
 */
export function telling(all: readonly Told[], good: GoodRates | null): Set<number> {
  const rising = all.toSorted((a, b) => a.rate - b.rate);
  const held = rising.filter(({ gone }) => !gone);
  const gone = rising.filter((each) => each.gone);
  const sound = held.filter(
    ({ rate }) => good !== null && rate >= (good.from ?? 0) && rate <= (good.to ?? Infinity),
  );
  const ends = [rising, held, sound, gone].flatMap((some) => [some[0], some.at(-1)]);
  const best = all.filter(({ isBest }) => isBest);
  return new Set([...best, ...ends].flatMap((each) => each?.rate ?? []));
}

/**
 * At most `most` of `all`: those of the rates `first`, and of the others as many as have room,
 * evenly spread over the learning rates.
 */
export function chosen<T extends Told>(
  all: readonly T[],
  first: ReadonlySet<number>,
  most: number,
): T[] {
  if (all.length <= most) return [...all];
  const kept = all.filter(({ rate }) => first.has(rate)).slice(0, most);
  const others = all.filter(({ rate }) => !first.has(rate)).toSorted((a, b) => a.rate - b.rate);
  const room = most - kept.length;
  // From the middle of equal parts: the ends are among the first.
  const spread = Array.from(
    { length: room },
    (_, k) => others[Math.floor(((k + 0.5) * others.length) / room)]!,
  );
  return [...kept, ...spread];
}
