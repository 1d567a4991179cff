import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, roundDown, roundUp } from '../../../client/charts/ticks.ts';

describe('ticks', () => {
  it('are round numbers on a linear axis', () => {
    expect(linearTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(linearTicks(0, 9_375, 5)).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
  });

  it('have 2 and 5 between the powers of ten where there is room', () => {
    expect(logTicks(0.1, 10, 8)).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(logTicks(0.2, 5, 2)).toEqual([0.2, 1, 5]);
  });

  it('are evenly spaced where a log axis is too short for two of those', () => {
    expect(logTicks(1.01, 1.85, 8)).toEqual([1.2, 1.4, 1.6, 1.8]);
    expect(logTicks(0.6, 0.9, 4)).toEqual([0.6, 0.7, 0.8, 0.9]);
  });

  it('are powers of ten, thinned out evenly, over many decades', () => {
    expect(logTicks(1e-4, 10, 8)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1, 10]);
    expect(logTicks(1e-12, 1, 5)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
  });

  it('lie within the axis and are not too many', () => {
    const bound = fc.double({ min: 1e-12, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(bound, fc.double({ min: 1.5, max: 1e8, noNaN: true }), (min, factor) => {
        const max = min * factor;
        for (const all of [linearTicks(min, max, 6), logTicks(min, max, 6)]) {
          expect(all.length).toBeLessThanOrEqual(8);
          for (const tick of all) {
            expect(tick).toBeGreaterThanOrEqual(min * (1 - 1e-6));
            expect(tick).toBeLessThanOrEqual(max * (1 + 1e-6));
          }
        }
      }),
    );
  });

  it('are few and all different, whatever the axis: a list that is keyed by them stands still else', () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(0, 1, -1, NaN, Infinity, 5e-324));
    const near = fc.tuple(fc.double({ noNaN: true }), fc.double({ min: 0, max: 1e-9 }));
    const range = fc.oneof(
      fc.tuple(any, any),
      near.map(([value, share]): [number, number] => [value, value * (1 + share)]),
    );
    fc.assert(
      fc.property(range, any, ([min, max], most) => {
        for (const all of [linearTicks(min, max, most), logTicks(min, max, most)]) {
          expect(all.length).toBeLessThanOrEqual(1_000);
          expect(new Set(all).size).toBe(all.length);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(linearTicks(0.3, 0.3 * (1 + 4e-16), 4)).toEqual([0.3]);
  });

  it('are two at the least on a log axis that has two powers of ten', () => {
    const exponent = fc.integer({ min: -12, max: 6 });
    const beyond = fc.double({ min: 0, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(
        exponent,
        fc.integer({ min: 1, max: 18 }),
        beyond,
        beyond,
        fc.integer({ min: 1, max: 12 }),
        (low, decades, below, above, most) => {
          const all = logTicks(10 ** (low - below), 10 ** (low + decades + above), most);
          expect(all.length).toBeGreaterThanOrEqual(2);
          expect(all.length).toBeLessThanOrEqual(Math.max(2, most + 1));
        },
      ),
    );
    expect(logTicks(2e-5, 2, 2)).toEqual([1e-3, 1]);
    expect(logTicks(0.5e-4, 0.5, 1)).toEqual([1e-4, 0.1]);
  });

  it('are two at the least on a linear axis, however little room there is', () => {
    const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        end,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (min, width, most) => {
          const all = linearTicks(min, min + width, most);
          expect(all.length).toBeGreaterThanOrEqual(2);
          expect(all.length).toBeLessThanOrEqual(Math.max(2, most + 1));
          const apart = all.slice(1).map((tick, k) => tick - all[k]!);
          expect(Math.min(...apart)).toBeGreaterThan(0.9 * Math.max(...apart));
        },
      ),
    );
    expect(linearTicks(0, 0.93, 1)).toEqual([0, 0.5]);
    expect(linearTicks(0.6, 1.4, 1)).toEqual([0.6, 1.2]);
  });

  it('round up and down to 1, 2 or 5 times a power of ten', () => {
    expect([roundUp(0.13), roundUp(2), roundUp(6)]).toEqual([0.2, 2, 10]);
    expect([roundDown(0.13), roundDown(2), roundDown(6)]).toEqual([0.1, 2, 5]);
  });
});
