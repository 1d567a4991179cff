import { expect, it } from 'vitest';
import { BEHIND, STUDENT_FEED, TIMING } from '../../../shared/limits.ts';
import { shareOf } from '../../../shared/live/share.ts';

it('[P41] a lesson’s class has all there is; beyond it everybody has the less, the more they are', () => {
  const lesson = shareOf(STUDENT_FEED.wholeClass);
  expect(lesson).toMatchObject({ showsAll: true, tick: TIMING.studentTick, report: TIMING.report });
  const sizes = [1, 30, 31, 100, 300, 1_000, 3_000, 5_000].map(shareOf);
  for (const [k, share] of sizes.entries()) {
    const smaller = sizes[k - 1] ?? share;
    expect(share.bytesPerSecond).toBeLessThanOrEqual(smaller.bytesPerSecond);
    expect(share.tick).toBeGreaterThanOrEqual(smaller.tick);
    expect(share.report).toBeGreaterThanOrEqual(smaller.report);
  }
  // A report a second late is no reason to call a device behind.
  expect(sizes.at(-1)!.report).toBeLessThan(BEHIND.ms - TIMING.report);
  expect(shareOf(0).bytesPerSecond).toBeLessThan(Infinity);
});
