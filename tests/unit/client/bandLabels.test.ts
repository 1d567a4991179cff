import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandLabels } from '../../../client/charts/bandLabels.ts';

it('names of bands stand in them where they have room', () => {
  const bands = [
    { from: 0, to: 100, width: 40 },
    { from: 100, to: 200, width: 30 },
  ];
  expect(bandLabels(bands, 0, 200, 5)).toEqual([
    { left: 30, right: 70, joined: null },
    { left: 135, right: 165, joined: null },
  ]);
});

it('names of narrow bands stand beside them, joined by a line', () => {
  const bands = [
    { from: 0, to: 180, width: 40 },
    { from: 180, to: 190, width: 30 },
    { from: 190, to: 200, width: 50 },
  ];
  expect(bandLabels(bands, 0, 200, 5)).toEqual([
    { left: 70, right: 110, joined: null },
    { left: 115, right: 145, joined: 185 },
    { left: 150, right: 200, joined: 195 },
  ]);
});

it('names never touch, and stay within the row where all of them have room', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.tuple(share, share, share), (a, b, widths) => {
      const [first, second] = [Math.min(a, b) * 300, Math.max(a, b) * 300];
      const ends = [0, first, second, 300];
      const bands = widths.map((width, k) => ({
        ...{ from: ends[k]!, to: ends[k + 1]! },
        width: 10 + 80 * width,
      }));
      const labels = bandLabels(bands, 0, 300, 6);
      labels.forEach(({ left, right, joined }, k) => {
        expect(left).toBeGreaterThanOrEqual(-1e-9);
        expect(right).toBeLessThanOrEqual(300 + 1e-9);
        expect(left - (labels[k - 1]?.right ?? -6)).toBeGreaterThanOrEqual(6 - 1e-9);
        const { from, to } = bands[k]!;
        expect(joined).toBe(left >= from && right <= to ? null : (from + to) / 2);
      });
    }),
  );
});
