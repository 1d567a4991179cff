/** What is read off a table of confusions, `classes` × `classes`, at classes · label + guess. */
export interface Confusion {
  /** Examples in all. */
  of: number;
  wrong: number;
  /** The most frequent mistake; null where there is none. */
  most: { label: number; guess: number; count: number } | null;
}

export function readConfusion(counts: ArrayLike<number>, classes: number): Confusion {
  const found: Confusion = { of: 0, wrong: 0, most: null };
  for (let label = 0; label < classes; label++) {
    for (let guess = 0; guess < classes; guess++) {
      const count = counts[label * classes + guess]!;
      found.of += count;
      if (label === guess) continue;
      found.wrong += count;
      if (count > (found.most?.count ?? 0)) found.most = { label, guess, count };
    }
  }
  return found;
}
