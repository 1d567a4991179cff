import type { RunSettings } from './settings.ts';

/**
 * How many reporting windows the ranking looks at. The perceptron's full batch gives a smooth
 * curve, so its last point says it; mini-batches make the loss jump, so several are averaged.
 */
export function rankingSpan(settings: RunSettings): number {
  switch (settings.experiment) {
    case 'linear':
      return 1;
    case 'mnist':
    case 'toy':
      return 10;
  }
}

/**
 * The loss by which a participant is ranked when `arrived` windows are compared: the mean of the
 * last `span` of them. Null where there is nothing to compare yet.
 * @param losses the participant's column, at least `arrived` long
 */
export function rankingLoss(
  losses: ArrayLike<number>,
  arrived: number,
  span: number,
): number | null {
  if (arrived === 0) return null;
  const from = Math.max(0, arrived - span);
  let sum = 0;
  for (let k = from; k < arrived; k++) sum += losses[k]!;
  return sum / (arrived - from);
}
