import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapping, position, positions, valueAt, type Axis } from '../../../client/charts/axis.ts';
import { indexAt, type Curve } from '../../../client/charts/curves.ts';
import { extentOf } from '../../../client/charts/extent.ts';
import type { Frame } from '../../../client/charts/frame.ts';
import { nearestCurve } from '../../../client/charts/nearestCurve.ts';
import { layoutSweep, type Margins, type SweepPoint } from '../../../client/charts/sweep.ts';
import { findTip } from '../../../client/charts/tip.ts';
import { valuesAt } from '../../../client/charts/valuesAt.ts';

const x: Axis = { spacing: 'linear', range: { min: 0, max: 100 }, from: 0, to: 500 };
const y: Axis = { spacing: 'linear', range: { min: 0, max: 1 }, from: 200, to: 0 };

const steps = Float32Array.from({ length: 100 }, (_, k) => k + 1);

function curve(participant: number, ...values: number[]): Curve {
  return {
    participant,
    name: `S${participant}`,
    rate: 0.1,
    tone: 0.5,
    colour: '#000',
    state: 'training',
    x: steps,
    y: Float32Array.from(values),
    raw: null,
    extent: extentOf(values),
    divergedAt: null,
    divergedX: null,
    source: {},
  };
}

describe('an axis', () => {
  it('puts its ends where they belong, the loss upwards', () => {
    expect([position(y, 0), position(y, 1), position(x, 50)]).toEqual([200, 0, 250]);
  });

  it('shows a loss of zero at the bottom of a log axis', () => {
    const log: Axis = { ...y, spacing: 'log', range: { min: 1e-6, max: 1 } };
    expect(position(log, 0)).toBe(200);
    expect(position(log, 1e-3)).toBeCloseTo(100);
  });
});

describe('the places of many values', () => {
  const spacings = fc.constantFrom('linear' as const, 'log' as const);
  const ends = fc.tuple(
    fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
    fc.double({ min: 1.5, max: 1e6, noNaN: true }),
  );

  it('are those of each', () => {
    fc.assert(
      fc.property(
        spacings,
        ends,
        fc.array(fc.double({ min: 1e3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (spacing, [min, factor], values) => {
          const axis: Axis = { spacing, range: { min, max: min * factor }, from: 300, to: 20 };
          const pixels = new Float64Array(values.length);
          positions(axis, values, 0, values.length, pixels);
          values.forEach((value, k) => {
            const expected = position(axis, value);
            expect(Math.abs(pixels[k]! - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
          });
        },
      ),
    );
  });

  it('go on below a log axis, zero out of every picture', () => {
    const pixels = new Float64Array(3);
    const log: Axis = { ...y, spacing: 'log', range: { min: 0.01, max: 1 } };
    positions(log, [0.1, 0.001, 0], 0, 3, pixels);
    expect([...pixels].map(Math.round)).toEqual([100, 300, 400]);
  });

  it('keep what is not known unknown', () => {
    const pixels = new Float64Array(2);
    for (const spacing of ['linear', 'log'] as const) {
      positions({ spacing, range: { min: 1, max: 9 }, from: 0, to: 8 }, [NaN, 9], 0, 2, pixels);
      expect([...pixels]).toEqual([NaN, 8]);
    }
  });

  it('lead back to the values', () => {
    const log: Axis = { ...y, spacing: 'log', range: { min: 1e-6, max: 1 } };
    for (const axis of [x, y, log]) expect(position(axis, valueAt(axis, 50))).toBeCloseTo(50);
  });

  it('are stretched to those of another axis as a picture is', () => {
    fc.assert(
      fc.property(spacings, ends, ends, (spacing, [a, aFactor], [b, bFactor]) => {
        const one: Axis = { spacing, range: { min: a, max: a * aFactor }, from: 400, to: 10 };
        const other: Axis = { spacing, range: { min: b, max: b * bFactor }, from: 500, to: 30 };
        const { scale, shift } = mapping(one, other);
        // A value that both show: on a log axis what lies below stays at the lower end.
        const value = Math.max(a, b) * 1.2;
        const expected = position(other, value);
        const got = scale * position(one, value) + shift;
        expect(Math.abs(got - expected)).toBeLessThan(1e-4 * (1 + Math.abs(expected)));
      }),
    );
  });
});

describe('the value at a place', () => {
  it('is the last one before it', () => {
    const some = { x: Float32Array.of(NaN, NaN, 3, 5, 8), y: Float32Array.of(9, 9, 1, 2, 3) };
    expect([2, 3, 4.9, 5, 99].map((place) => indexAt(some, place))).toEqual([-1, 2, 2, 3, 4]);
    expect(indexAt({ x: steps, y: Float32Array.of(1, 2) }, 50)).toBe(1);
    expect(indexAt({ x: steps, y: new Float32Array(0) }, 50)).toBe(-1);
  });
});

describe('the values at a place', () => {
  const whoAt = (place: number, ...all: Curve[]) =>
    valuesAt(all, place, 'train').map(({ curve: { participant } }) => participant);
  const short = curve(1, 0.9, 0.1);
  const long = curve(2, 0.8, 0.7, 0.6, 0.5, 0.4);

  it('leave out a curve that has ended before it, and rank the others', () => {
    expect(whoAt(2, short, long)).toEqual([1, 2]);
    expect(whoAt(2.9, short, long)).toEqual([1, 2]);
    expect(whoAt(3, short, long)).toEqual([2]);
    expect(whoAt(5.5, short, long)).toEqual([2]);
  });

  it('are none beyond the end of all', () => {
    expect(whoAt(6, short, long)).toEqual([]);
    expect(whoAt(99, short, long)).toEqual([]);
  });

  it('end a gap after the last where no next place is known, however many came at once', () => {
    const seconds = { ...curve(3, 4, 3, 2, 1), x: Float32Array.of(NaN, 1, 3, 3) };
    expect(whoAt(3, seconds)).toEqual([3]);
    expect(whoAt(4.9, seconds)).toEqual([3]);
    expect(whoAt(5, seconds)).toEqual([]);
    const one = { ...curve(4, 1), x: Float32Array.of(2) };
    expect([whoAt(1, one), whoAt(2, one), whoAt(3, one)]).toEqual([[], [4], []]);
  });

  it('say nothing where the pointer is beyond every curve', () => {
    const title = { ticks: [], title: '' };
    const frame: Frame = {
      width: 500,
      height: 200,
      font: 12,
      x: { ...x, ...title },
      y: { ...y, ...title },
      top: null,
    };
    const tipAt = (px: number) =>
      findTip(
        { pointer: { x: px, y: 9 }, key: null, focused: null },
        [short, long],
        frame,
        'train',
      );
    expect(tipAt(15)?.met.map(({ curve: { participant } }) => participant)).toEqual([2]);
    expect(tipAt(400)).toBeNull();
  });
});

describe('the nearest curve', () => {
  const flat = curve(3, 0.5, 0.5, 0.5, 0.5);
  const low = curve(7, 0.1, 0.1, 0.1, 0.1);

  it('is found between two of its points', () => {
    expect(nearestCurve([flat, low], x, y, 12, 104, 20)?.participant).toBe(3);
    expect(nearestCurve([flat, low], x, y, 12, 170, 20)?.participant).toBe(7);
  });

  it('is none where no curve is in reach, or none has begun', () => {
    expect(nearestCurve([flat, low], x, y, 12, 140, 20)).toBeNull();
    expect(nearestCurve([flat, low], x, y, 400, 100, 20)).toBeNull();
    expect(nearestCurve([curve(1)], x, y, 12, 100, 20)).toBeNull();
  });

  it('is met at the upper edge where it has left the picture', () => {
    expect(nearestCurve([curve(9, 0.5, 80, 9_000)], x, y, 13, 2, 20)?.participant).toBe(9);
  });

  it('is the steep one where the pointer is on its flank', () => {
    expect(nearestCurve([curve(5, 0.9, 0.1)], x, y, 7.5, 100, 10)?.participant).toBe(5);
  });
});

describe('the sweep', () => {
  const margins: Margins = {
    ...{ left: 50, right: 10, top: 10, bottom: 30 },
    ...{ rail: 20, waiting: 0, air: 7, apart: { x: 64, y: 36 } },
  };
  const size = { width: 460, height: 260 };
  const losses = { min: 0, max: 1 };
  const lay = (points: SweepPoint[], edge: number | null = null) =>
    layoutSweep(points, { from: 0.01, to: 1 }, edge, losses, 'linear', size, margins);
  const point = (rate: number, value: SweepPoint['value']) => ({ participant: 4, rate, value });

  it('spaces rates evenly by their factor', () => {
    const { marks } = lay([0.01, 0.1, 1].map((rate) => point(rate, 0.5)));
    expect(marks[1]!.x - marks[0]!.x).toBeCloseTo(marks[2]!.x - marks[1]!.x);
    expect(marks[0]!.x).toBeGreaterThan(50);
    expect(marks[2]!.x).toBeLessThan(450);
  });

  it('puts diverged runs on the rail above the plot, and those not there yet on the next', () => {
    const points = [point(1, 'diverged'), point(0.1, 'notYet')];
    const rates = { from: 0.01, to: 1 };
    const rails = { ...margins, waiting: 16 };
    const { marks, y: loss } = layoutSweep(points, rates, null, losses, 'linear', size, rails);
    expect(marks).toMatchObject([
      { kind: 'cross', y: 20 },
      { kind: 'ring', y: 38 },
    ]);
    expect(loss.to).toBe(53);
  });

  it('keeps a loss above the axis at its upper end', () => {
    expect(lay([point(0.1, 70)]).marks[0]!.y).toBe(37);
  });

  it('keeps air below the lowest dot, so that a ring around it covers no word', () => {
    expect(lay([point(0.1, 0)]).marks[0]!.y).toBe(260 - 30 - 7);
  });

  it('draws the edge when it is near the rates in use, and makes room for it', () => {
    expect(lay([], 1.365).edge).toBeLessThanOrEqual(450);
    expect(lay([], 0.1).edge).toBeCloseTo(250);
    expect(lay([], 40).edge).toBeNull();
  });
});
