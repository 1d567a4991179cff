/** Something that is named beside a picture, at the place where its name would best stand. */
export interface Named {
  at: number;
  text: string;
}

/**
 * Places for names along an edge: each as close to what it names as the others let it, in the same
 * order, at least `apart` from one another and between `from` and `to`. Where not all have room, as
 * many as do are named, spread evenly over them, the first and the last among them. What has the
 * same name at nearly the same place is named once.
 * @returns the named ones by `at`, with their place
 */
export function spreadLabels<T extends Named>(
  all: readonly T[],
  from: number,
  to: number,
  apart: number,
): (T & { place: number })[] {
  const most = Math.max(1, Math.floor((to - from) / apart) + 1);
  const sorted = all.toSorted((a, b) => a.at - b.at);
  const different = sorted.filter(({ at, text }, k) => {
    const same = sorted.findIndex((each) => each.text === text && at - each.at < apart);
    return same === k;
  });
  const named = evenly(different, most);
  // Forward nobody stands too close to the one before; backward nobody past the end.
  const places: number[] = [];
  for (const { at } of named) places.push(Math.max(at, (places.at(-1) ?? from - apart) + apart));
  for (let k = places.length - 1; k >= 0; k--) {
    const limit = k === places.length - 1 ? to : places[k + 1]! - apart;
    places[k] = Math.min(places[k]!, limit);
  }
  return named.map((each, k) => ({ ...each, place: places[k]! }));
}

/** At most `most` of them, evenly spread, both ends among them. */
function evenly<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  if (most === 1) return [all[0]!];
  const stride = (all.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, k) => all[Math.round(k * stride)]!);
}
