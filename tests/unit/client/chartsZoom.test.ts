import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atFraction, fraction, type Range } from '../../../client/charts/axis.ts';
import { ChartOptions } from '../../../client/charts/chartOptions.svelte.ts';
import { keyAction } from '../../../client/charts/chartKeys.ts';
import type { Curve } from '../../../client/charts/curves.ts';
import type { Sight } from '../../../client/charts/viewfinder.svelte.ts';
import { Viewfinder } from '../../../client/charts/viewfinder.svelte.ts';
import { position, type Axis } from '../../../client/charts/axis.ts';
import { placeRead } from '../../../client/charts/tip.ts';
import { between, panned, zoomed } from '../../../client/charts/zoom.ts';

const spacing = fc.constantFrom('linear' as const, 'log' as const);
const whole: Range = { min: 0.01, max: 100 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });

/** A range within the whole, as two parts of it. */
const part = fc.tuple(share, share).filter(([a, b]) => Math.abs(a - b) > 0.01);

describe('zooming', () => {
  it('stays within the whole, however it is asked for', () => {
    fc.assert(
      fc.property(
        spacing,
        part,
        fc.array(fc.tuple(share, factor), { maxLength: 8 }),
        (how, [a, b], steps) => {
          let range = between(whole, whole, how, a, b) ?? whole;
          for (const [at, by] of steps) {
            range = zoomed(range, whole, how, at, by) ?? whole;
            range = panned(range, whole, how, at - 0.5) ?? whole;
            expect(range.min).toBeGreaterThanOrEqual(whole.min * (1 - 1e-9));
            expect(range.max).toBeLessThanOrEqual(whole.max * (1 + 1e-9));
            expect(range.max).toBeGreaterThan(range.min);
          }
        },
      ),
    );
  });

  it('leaves the value under the pointer where it is', () => {
    fc.assert(
      fc.property(spacing, share, (how, at) => {
        const range = zoomed(whole, whole, how, at, 3)!;
        const value = atFraction(how, whole, at);
        expect(fraction({ spacing: how, range }, value)).toBeCloseTo(at, 6);
      }),
    );
  });

  it('out as far as in shows all again', () => {
    for (const how of ['linear', 'log'] as const) {
      const near = zoomed(whole, whole, how, 0.3, 4)!;
      expect(zoomed(near, whole, how, 0.3, 1 / 4)).toBeNull();
    }
  });

  it('comes no closer than what can be told apart', () => {
    let range = whole;
    for (let k = 0; k < 50; k++) range = zoomed(range, whole, 'linear', 0.5, 4)!;
    expect(range.max - range.min).toBeCloseTo((whole.max - whole.min) / 50, 3);
  });
});

describe('the value that the keyboard is on', () => {
  const curve = {
    participant: 7,
    x: Float64Array.from({ length: 101 }, (_, k) => k),
    y: Float64Array.from({ length: 101 }, (_, k) => 10 ** (1 - (k / 100) * 3)),
  } as unknown as Curve;
  const whole = { x: { min: 0, max: 100 }, y: { min: 0.01, max: 10 } };

  /** A chart of 400 by 200 pixels, and what its finder shows. */
  function chart() {
    const axis = (spacing: Axis['spacing'], range: Range, from: number, to: number) =>
      ({ spacing, range, from, to, ticks: [], title: '' }) as const;
    const frame = () => ({
      x: axis('linear', finder.zoom.x ?? whole.x, 50, 450),
      y: axis('log', finder.zoom.y ?? whole.y, 220, 20),
    });
    const options = new ChartOptions();
    const finder: Viewfinder = new Viewfinder(
      () => ({ frame: frame(), whole }) as unknown as Sight,
      () => options,
    );
    const place = (k: number) =>
      placeRead({ pointer: null, key: { participant: 7, k }, focused: 7 }, [curve], frame())!;
    const isInside = (k: number) => {
      const { x, y } = place(k);
      return x >= 50 - 1e-6 && x <= 450 + 1e-6 && y >= 20 - 1e-6 && y <= 220 + 1e-6;
    };
    return { finder, frame, place, isInside };
  }

  it('stays where it is in the picture while that is magnified, and in it when all is shown again', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.array(fc.constantFrom(1.5, 1 / 1.5)), (k, factors) => {
        const { finder, place, isInside } = chart();
        for (const factor of factors) {
          const before = place(k);
          finder.magnify(factor, before);
          expect(isInside(k)).toBe(true);
          if (factor > 1) {
            expect(place(k).x).toBeCloseTo(before.x, 3);
            expect(place(k).y).toBeCloseTo(before.y, 3);
          }
        }
      }),
    );
  });

  it('is brought into the picture when the keyboard goes on beyond it', () => {
    const { finder, place, isInside } = chart();
    finder.magnify(4, place(100));
    expect(isInside(100)).toBe(true);
    for (let k = 99; k >= 0; k--) {
      finder.reveal(place(k));
      expect(isInside(k), `value ${k}`).toBe(true);
    }
    expect(finder.zoom.x!.max - finder.zoom.x!.min).toBeCloseTo(25, 6);
  });

  it('is the end of the curve that stands out where no key has been pressed', () => {
    const { frame } = chart();
    const cursor = { pointer: null, key: null, focused: 7 };
    expect(placeRead(cursor, [curve], frame())).toEqual({
      x: 450,
      y: position(frame().y, curve.y[100]!),
    });
    expect(placeRead({ ...cursor, focused: 3 }, [curve], frame())).toBeNull();
  });
});

describe('moving the picture', () => {
  it('keeps its size, and halts at the end of the whole', () => {
    const range = { min: 20, max: 40 };
    const moved = panned(range, whole, 'linear', 0.5)!;
    expect([moved.min, moved.max].map(Math.round)).toEqual([30, 50]);
    const end = panned(range, whole, 'linear', 99)!;
    expect(end.max).toBeCloseTo(100);
    expect(end.max - end.min).toBeCloseTo(20);
  });
});

describe('the keys of a chart', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
    keyAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

  it('walk along curves, zoom, move, pin and hide', () => {
    expect(press('ArrowRight')).toEqual({ act: 'along', by: 1 });
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ act: 'pan', x: 0, y: 0.1 });
    expect(press('+')).toEqual({ act: 'zoom', factor: 1.5 });
    expect(press('Enter')).toEqual({ act: 'pin' });
  });

  it('are left to the browser where it means something else by them', () => {
    expect(press('+', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
  });
});
