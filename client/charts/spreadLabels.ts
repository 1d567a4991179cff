/** Something that is named beside a picture, at the place where its name would best stand. */
export interface Named {
  at: number;
  text: string;
}

/** How many names have room between `from` and `to`, `apart` from one another. */
export function mostLabels(from: number, to: number, apart: number): number {
  return Math.max(1, Math.floor((to - from) / apart + 1e-9) + 1);
}

/**
 * Places for names along an edge: each as close to what it names as the others let it, in the same
 * order, at least `apart` from one another and between `from` and `to`; not more than `mostLabels`.
 * @returns the named ones by `at`, with their place
 */
export function spreadLabels<T extends Named>(
  all: readonly T[],
  from: number,
  to: number,
  apart: number,
): (T & { place: number })[] {
  const named = all.toSorted((a, b) => a.at - b.at);
  // Forward nobody stands too close to the one before; backward nobody past the end.
  const places: number[] = [];
  for (const { at } of named) places.push(Math.max(at, (places.at(-1) ?? from - apart) + apart));
  for (let k = places.length - 1; k >= 0; k--) {
    const limit = k === places.length - 1 ? to : places[k + 1]! - apart;
    places[k] = Math.min(places[k]!, limit);
  }
  return named.map((each, k) => ({ ...each, place: places[k]! }));
}
