import { costAt, type Valley } from './valley.ts';

/**
 * Gradient descent on the cost over w alone, with b held fast: each step multiplies the way to the
 * bottom by 1 − rate·xx, so any step follows at once. Past 1/xx it jumps to the other side, past
 * 2/xx it climbs.
 */
export function sliceWeight(
  { bottom, xx, x }: Valley,
  b: number,
  start: number,
  rate: number,
  steps: number,
): number {
  // With b off its own best value the bottom of the slice lies elsewhere.
  const low = bottom.w - (x * (b - bottom.b)) / xx;
  return low + (start - low) * (1 - rate * xx) ** steps;
}

/** How gradient descent with this rate goes on the slice. */
export function sliceVerdict({ xx }: Valley, rate: number): 'slides' | 'zigzags' | 'climbs' {
  const factor = rate * xx;
  if (factor <= 1) return 'slides';
  return factor < 2 ? 'zigzags' : 'climbs';
}

/** The first `steps` + 1 points (w, C) of a descent on the slice; ends after one above `highest`. */
export function sliceWalk(
  valley: Valley,
  b: number,
  start: number,
  rate: number,
  steps: number,
  highest: number,
): { w: number; cost: number }[] {
  const walk: { w: number; cost: number }[] = [];
  for (let k = 0; k <= steps; k++) {
    const w = sliceWeight(valley, b, start, rate, k);
    const cost = costAt(valley, { w, b });
    walk.push({ w, cost });
    if (cost > highest) break;
  }
  return walk;
}
