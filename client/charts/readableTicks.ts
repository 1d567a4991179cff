import type { Tick } from './sweep.ts';

/** Between the lines of a text and those of the next, in heights of the text: usually, and at the least. */
const APART = { usual: 1.3, least: 0.9 };

/**
 * Of the ticks up an axis only as many as can be read, from the first on; the two outermost where
 * that would leave one, as one says nothing about a scale.
 * @param font height of their texts in pixels
 * @param taken where another text stands already, in pixels; null where none does
 */
export function readableTicks(ticks: readonly Tick[], font: number, taken: number | null): Tick[] {
  const isFree = (tick: Tick, apart: number, other: number | null | undefined) =>
    other === null || other === undefined || Math.abs(tick.at - other) >= font * apart;
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const before = kept.at(-1)?.at;
    if (isFree(tick, APART.usual, taken) && isFree(tick, APART.usual, before)) kept.push(tick);
  }
  const texts = kept.length + (taken === null ? 0 : 1);
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (texts >= 2 || !first || !last) return kept;
  if (taken !== null) return isFree(last, APART.least, taken) ? [last] : kept;
  return first !== last && isFree(last, APART.least, first.at) ? [first, last] : kept;
}
