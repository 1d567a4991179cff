import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dealRate,
  rateAt,
  rateFraction,
  rateRange,
  spreadFraction,
} from '../../../shared/run/rates.ts';

const rate = fc.double({ min: 1e-6, max: 1e4, noNaN: true });

describe('learning rates', () => {
  it('dealt over a range halve the widest gap with each student', () => {
    expect(Array.from({ length: 9 }, (_, k) => spreadFraction(k))).toEqual([
      0,
      1,
      1 / 2,
      1 / 4,
      3 / 4,
      1 / 8,
      5 / 8,
      3 / 8,
      7 / 8,
    ]);
  });

  it('dealt to any number of students leave no gap wider than twice the narrowest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 300 }), (students) => {
        const places = Array.from({ length: students }, (_, k) => spreadFraction(k)).sort(
          (a, b) => a - b,
        );
        const gaps = places.slice(1).map((place, k) => place - places[k]!);
        expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps) + 1e-12);
      }),
    );
  });

  it('dealt lie within the range, with its ends for the first two', () => {
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 0, max: 299 }), (from, to, k) => {
        const dealt = dealRate({ kind: 'spread', from, to }, k);
        expect(dealt).not.toBeNull();
        expect(dealt!).toBeGreaterThanOrEqual(Math.min(from, to));
        expect(dealt!).toBeLessThanOrEqual(Math.max(from, to));
      }),
    );
    expect(dealRate({ kind: 'spread', from: 0.001, to: 10 }, 0)).toBe(0.001);
    expect(dealRate({ kind: 'spread', from: 0.001, to: 10 }, 1)).toBe(10);
    expect(dealRate({ kind: 'spread', from: 0.001, to: 10 }, 2)).toBe(0.1);
  });

  it('of a list are handed out in turn', () => {
    const policy = { kind: 'list' as const, rates: [0.1, 0.5] };
    expect([0, 1, 2].map((k) => dealRate(policy, k))).toEqual([0.1, 0.5, 0.1]);
    expect(rateRange(policy)).toEqual({ from: 0.1, to: 0.5 });
  });

  it('that students pick are not dealt', () => {
    expect(dealRate({ kind: 'pick', from: 0.1, to: 1 }, 4)).toBeNull();
  });

  it('have a place on the log axis, from which they come back', () => {
    expect(rateFraction(0.01, 1, 0.1)).toBeCloseTo(0.5);
    expect(rateFraction(0.3, 0.3, 0.3)).toBe(0.5);
    for (const part of [0, 0.25, 0.5, 1]) {
      expect(rateFraction(0.01, 100, rateAt(0.01, 100, part))).toBeCloseTo(part, 2);
    }
  });
});
