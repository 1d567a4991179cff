import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, GrowingExtent } from '../../../client/charts/extent.ts';
import { visibleRange as rangeOf } from '../../../client/charts/visibleRange.ts';

type Course = { values: number[]; diverged: boolean };
const visibleRange = (curves: Course[], spacing: 'linear' | 'log', clip = true) =>
  rangeOf(
    curves.map(({ values, diverged }) => ({ extent: extentOf(values), diverged })),
    spacing,
    clip,
  );
const living = (...values: number[]) => ({ values, diverged: false });
const diverged = (...values: number[]) => ({ values, diverged: true });

describe('the visible range', () => {
  it('is not squeezed by a diverged curve', () => {
    const without = visibleRange([living(0.2, 0.1, 0.05)], 'linear');
    expect(visibleRange([living(0.2, 0.1, 0.05), diverged(0.2, 40, 9e5)], 'linear')).toEqual(
      without,
    );
  });

  it('is not squeezed by a curve that is diverging but not yet named so', () => {
    expect(visibleRange([living(0.2, 0.1), living(0.2, 9e5)], 'linear').max).toBeLessThan(1);
  });

  it('shows a sensible multiple of the first loss when all have diverged', () => {
    const { max } = visibleRange([diverged(2.3, 50, 1e6), diverged(2.3, 800)], 'linear');
    expect(max).toBeGreaterThan(2.3);
    expect(max).toBeLessThan(25);
  });

  it('keeps a log axis above zero and within twelve decades of its top', () => {
    const range = visibleRange([living(0.2, 1e-14, 0)], 'log');
    expect(range.min).toBeGreaterThan(0);
    expect(range.max / range.min).toBeLessThanOrEqual(1.0001e12);
  });

  it('is not dragged down by a lucky batch', () => {
    const noisy = living(2.3, 0.9, 0.5, 1e-7, 0.6, 0.4, 0.5);
    expect(visibleRange([noisy], 'log').min).toBeGreaterThan(0.01);
  });

  it('reaches as deep as a curve without noise has come', () => {
    const falling = Array.from({ length: 20 }, (_, k) => 2 * 0.3 ** k);
    for (let length = 3; length <= falling.length; length++) {
      const { min } = visibleRange([living(...falling.slice(0, length))], 'log');
      expect(min).toBeLessThanOrEqual(falling[length - 1]!);
    }
    // A dip out of the blue is luck still, though the curve was falling before it.
    expect(visibleRange([living(2, 0.5, 0.4, 1e-7)], 'log').min).toBeGreaterThan(0.01);
    expect(visibleRange([living(2, 0.5, 0.4, 1e-7, 0.5, 0.4)], 'log').min).toBeGreaterThan(0.01);
  });

  it('leaves a decade at the most to those who diverge on a log axis', () => {
    const { max } = visibleRange([living(0.2, 0.1), diverged(0.2, 40, 9e5)], 'log');
    expect(max).toBe(2);
  });

  it('has a picture to show before the first loss, and for losses of zero', () => {
    for (const spacing of ['linear', 'log'] as const) {
      for (const curves of [[], [living()], [living(0, 0)], [diverged()]]) {
        const { min, max } = visibleRange(curves, spacing);
        expect(max).toBeGreaterThan(min);
      }
    }
  });

  it('shows every point where nothing is to be clipped', () => {
    for (const spacing of ['linear', 'log'] as const) {
      const { max } = visibleRange([living(0.2, 0.1), diverged(0.2, 40, 9e5)], spacing, false);
      expect(max).toBeGreaterThanOrEqual(9e5);
    }
  });

  const losses = fc.array(fc.float({ min: 0, max: 1e6, noNaN: true }), { maxLength: 20 });
  const curves = fc.array(fc.record({ values: losses, diverged: fc.boolean() }), { maxLength: 8 });

  it('is always finite, ordered and drawable', () => {
    fc.assert(
      fc.property(curves, fc.constantFrom('linear' as const, 'log' as const), (all, spacing) => {
        const { min, max } = visibleRange(all, spacing);
        expect(Number.isFinite(min) && Number.isFinite(max)).toBe(true);
        expect(max).toBeGreaterThan(min);
        if (spacing === 'log') expect(min).toBeGreaterThan(0);
        else expect(min).toBe(0);
      }),
    );
  });

  it('shows every value of living curves that stay below four times the common start', () => {
    const start = 2.3;
    const course = fc.array(fc.double({ min: 0, max: 4 * start, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(course, { minLength: 1 }), fc.array(losses), (alive, dead) => {
        const all = [
          ...alive.map((values) => living(start, ...values)),
          ...dead.map((values) => diverged(start, ...values)),
        ];
        const { max } = visibleRange(all, 'linear');
        expect(max).toBeGreaterThanOrEqual(Math.max(...alive.flat(), start));
      }),
    );
  });
});

describe('the extent of a curve', () => {
  it('is the same however its values came', () => {
    const values = fc.array(fc.float({ min: 0, max: 100, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(values, fc.array(fc.nat(30), { maxLength: 5 }), (all, cuts) => {
        const growing = new GrowingExtent();
        for (const cut of cuts.sort((a, b) => a - b)) growing.of(all.slice(0, cut));
        expect(growing.of(all)).toEqual(extentOf(all));
      }),
    );
  });

  it('knows the best single value and where it lies', () => {
    expect(extentOf([3, 1, 2, 1])).toMatchObject({
      first: 3,
      least: { value: 1, k: 1 },
      most: { value: 3, k: 0 },
    });
  });
});
