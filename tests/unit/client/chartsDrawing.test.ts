import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenPoints } from '../../../client/charts/clip.ts';
import type { Curve } from '../../../client/charts/curves.ts';
import { quantile, Quantiles } from '../../../client/charts/quantiles.ts';
import { thin, TOLERANCE } from '../../../client/charts/thin.ts';

/** Points of a curve in pixels: several in a column here, far apart there. */
const points = fc
  .array(
    fc.tuple(
      fc.double({ min: 0, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((all) => {
    let at = 0;
    return { x: all.map(([step]) => (at += step)), y: all.map(([, y]) => y) };
  });

function kept(x: number[], y: number[]): number[] {
  const out = new Uint32Array(x.length);
  return [...out.subarray(0, thin(x, y, 0, x.length, out))];
}

describe('thinning', () => {
  it('keeps the first and the last point, and the order', () => {
    fc.assert(
      fc.property(points, ({ x, y }) => {
        const stay = kept(x, y);
        expect(stay[0]).toBe(0);
        expect(stay[stay.length - 1]).toBe(x.length - 1);
        expect(stay).toEqual([...new Set(stay)].sort((a, b) => a - b));
      }),
    );
  });

  it('leaves every column of pixels as high as it was', () => {
    fc.assert(
      fc.property(points, ({ x, y }) => {
        const stay = kept(x, y);
        for (const column of new Set(x.map(Math.floor))) {
          const inIt = x.flatMap((place, k) => (Math.floor(place) === column ? [k] : []));
          for (const k of [lowest(inIt, y), highest(inIt, y)]) {
            expect(offTheLine(k, stay, x, y)).toBeLessThanOrEqual(TOLERANCE + 1e-9);
          }
        }
      }),
    );
  });

  it('loses no peak between points that are all but one above the other', () => {
    expect(kept([0, 1e-320, 2e-320, 3], [0, 20, 10, 10])).toEqual([0, 1, 2, 3]);
  });

  it('makes a straight line of a straight line, and little of a smooth one', () => {
    const x = Array.from({ length: 1_000 }, (_, k) => k);
    expect(
      kept(
        x,
        x.map((place) => 3 + place / 7),
      ),
    ).toEqual([0, 999]);
    const smooth = x.map((place) => 400 * Math.exp(-place / 200));
    expect(kept(x, smooth).length).toBeLessThan(100);
  });

  it('keeps four points at the most of a column', () => {
    const x = Array.from({ length: 1_000 }, (_, k) => k / 100);
    const y = x.map((_, k) => (k * 7_919) % 101);
    expect(kept(x, y).length).toBeLessThanOrEqual(40);
  });
});

const lowest = (some: number[], y: number[]) => some.reduce((a, b) => (y[b]! < y[a]! ? b : a));
const highest = (some: number[], y: number[]) => some.reduce((a, b) => (y[b]! > y[a]! ? b : a));

/** How far point `k` is above or below the line through the points that stay. */
function offTheLine(k: number, stay: number[], x: number[], y: number[]): number {
  const after = stay.findIndex((kept) => kept >= k);
  const b = stay[after]!;
  if (b === k) return 0;
  const a = stay[after - 1]!;
  const share = x[b] === x[a] ? 0 : (x[k]! - x[a]!) / (x[b]! - x[a]!);
  return Math.abs(y[a]! + share * (y[b]! - y[a]!) - y[k]!);
}

describe('quantiles', () => {
  it('are those of the values, between two where they fall there', () => {
    expect(quantile([1, 2, 4], 3, 0.5)).toBe(2);
    expect(quantile([1, 2, 4], 3, 0.75)).toBe(3);
    expect(quantile([7], 1, 0.1)).toBe(7);
  });

  const column = fc.array(fc.float({ min: 0, max: 9, noNaN: true }), { maxLength: 12 });

  it('lie in order and do not depend on how the values came', () => {
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 9 }), (columns) => {
        const x = Float32Array.from({ length: 12 }, (_, k) => k);
        const whole = columns.map((values) => Float32Array.from(values));
        const growing = new Quantiles(12);
        growing.of(
          whole.map((values) => values.subarray(0, values.length >> 1)),
          x,
        );
        const late = growing.of(whole, x);
        const atOnce = new Quantiles(12).of(whole, x);
        expect(late.length).toBe(atOnce.length);
        for (let k = 0; k < late.length; k++) {
          const here = late.quantiles.map((values) => values[k]!);
          expect(here).toEqual(atOnce.quantiles.map((values) => values[k]!));
          expect(here).toEqual([...here].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('reach as far as half of the class has come', () => {
    const lengths = [2, 4, 6, 8, 10];
    const columns = lengths.map((length) => new Float32Array(length).fill(1));
    expect(new Quantiles(10).of(columns, []).length).toBe(6);
  });
});

describe('points out of the picture', () => {
  it('are counted above and below, within the part along x that is shown', () => {
    const curve = {
      x: Float32Array.of(1, 2, 3, 4, 5),
      y: Float32Array.of(9, 0.5, 1, 0.01, 9),
    } as unknown as Curve;
    expect(hiddenPoints([curve], { min: 0, max: 9 }, { min: 0.1, max: 2 })).toBe(3);
    expect(hiddenPoints([curve], { min: 2, max: 4 }, { min: 0.1, max: 2 })).toBe(1);
    expect(hiddenPoints([curve, curve], { min: 0, max: 9 }, { min: 0, max: 9 })).toBe(0);
  });
});
