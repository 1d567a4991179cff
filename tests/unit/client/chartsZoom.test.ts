import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atFraction, fraction, type Range } from '../../../client/charts/axis.ts';
import { keyAction } from '../../../client/charts/chartKeys.ts';
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
    expect(range.max - range.min).toBeCloseTo((whole.max - whole.min) / 400, 3);
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
