import { expect, it } from 'vitest';
import { rankingLoss } from '../../../shared/run/ranking.ts';

it('the ranking compares the mean of the last windows at which all have arrived', () => {
  const losses = Float32Array.of(8, 4, 2, 1, 0);
  expect(rankingLoss(losses, 3, 1)).toBe(2);
  expect(rankingLoss(losses, 4, 2)).toBe(1.5);
  expect(rankingLoss(losses, 2, 10)).toBe(6);
  expect(rankingLoss(losses, 0, 1)).toBeNull();
});
