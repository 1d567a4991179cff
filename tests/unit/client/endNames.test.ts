import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dashesOf } from '../../../client/charts/dashes.ts';
import {
  endNames,
  namedCount,
  type CurveEnd,
  type EndName,
} from '../../../client/charts/endNames.ts';
import { mostLabels, spreadLabels } from '../../../client/charts/spreadLabels.ts';
import { rateAt } from '../../../shared/run/rates.ts';

const FONT = 12.5;
/** As the report has it, with a class's names around it. */
const PLOT = { left: 64, right: 400, top: 90, bottom: 358, row: 67, edge: 560 };

/** A class whose curves end at these places (0 to 1), or leave there. */
function classOf(places: readonly { at: number; gone: boolean }[]): CurveEnd[] {
  return places.map(({ at, gone }, k) => {
    const rate = rateAt(0.001, 10, k / Math.max(1, places.length - 1));
    const x = gone ? PLOT.left + at * (PLOT.right - PLOT.left) : PLOT.right;
    const y = gone ? PLOT.top - 8 : PLOT.top + at * (PLOT.bottom - PLOT.top);
    return { ...{ x, y, rate, gone, isBest: k === 7 }, text: rate.toPrecision(3) };
  });
}

/** The box of a name's letters along itself, as wide as digits are. */
function boxOf({ text, x, y, anchor, turn }: EndName) {
  const width = text.length * 0.62 * FONT;
  const left = anchor === 'middle' ? x - width / 2 : x;
  return { left, right: left + width, top: y - 0.72 * FONT, bottom: y, turn };
}

const ends = (maxLength: number) =>
  fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), gone: fc.boolean() }), {
    maxLength,
  });

describe('names at the ends of curves', () => {
  it('are all there in a class of up to 40, however many of it diverged', () => {
    const any = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 40,
      maxLength: 40,
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 28 }), (places, gone) => {
        const all = classOf(places.map((at, k) => ({ at, gone: k >= 40 - gone })));
        const names = endNames(all, PLOT, FONT, null);
        expect(new Set(names.map(({ text }) => text))).toEqual(
          new Set(all.map(({ text }) => text)),
        );
        expect(namedCount(all, names)).toBe(40);
      }),
    );
  });

  it('never lie on one another nor in the way of a line to another, and stay about the plot', () => {
    fc.assert(
      fc.property(ends(150), (places) => {
        const names = endNames(classOf(places), PLOT, FONT, null);
        const boxes = names.map(boxOf);
        for (const [k, a] of boxes.entries()) {
          // Names above may go further to the right than the plot, over those beside it.
          expect(a.top).toBeGreaterThan(a.bottom <= PLOT.row ? 0 : PLOT.top - FONT);
          expect(a.bottom).toBeLessThan(PLOT.bottom + FONT);
          for (const b of boxes.slice(k + 1)) {
            const apart =
              a.turn && b.turn
                ? Math.abs(a.left - b.left) * Math.sin(Math.PI / 3) >= FONT
                : a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            expect(apart).toBe(true);
          }
          // The level part of a line to the second column passes between the names of the first.
          for (const { lead } of names.filter(({ lead }) => lead.length === 4)) {
            const { x, y } = lead[3]!;
            if (a.right < x && a.left > PLOT.right) {
              expect(y <= a.top + 1 || y >= a.bottom - 1).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('are those that teach where not all have room: best, ends, edges of the good and of the diverged', () => {
    const all = classOf(
      Array.from({ length: 240 }, (_, k) => ({ at: (k % 97) / 97, gone: k >= 120 })),
    );
    const good = { best: all[7]!.rate, from: all[3]!.rate * 1.001, to: all[70]!.rate * 1.001 };
    const names = endNames(all, PLOT, FONT, good);
    expect(names.length).toBeLessThan(240);
    expect(names.length).toBeGreaterThan(60);
    const written = new Set(names.map(({ text }) => text));
    for (const k of [0, 4, 7, 70, 119, 120, 239]) expect(written).toContain(all[k]!.text);
  });

  it('name curves of one learning rate once', () => {
    const twice = classOf([{ at: 0.2, gone: false }]).flatMap((end) => [end, { ...end, x: 100 }]);
    const names = endNames(twice, PLOT, FONT, null);
    expect(names.map(({ lead }) => lead[0]!.x)).toEqual([PLOT.right]);
    expect(namedCount(twice, names)).toBe(2);
  });
});

describe('names along an edge', () => {
  it('keep their order and their distance, and stay within it, whatever they name', () => {
    const places = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 11 });
    fc.assert(
      fc.property(places, (all) => {
        const wishes = all.map((at, k) => ({ at, text: String(k) }));
        const placed = spreadLabels(wishes, 0, 100, 10);
        expect(placed).toHaveLength(all.length);
        for (const [k, { at, place }] of placed.entries()) {
          expect(place).toBeGreaterThanOrEqual(-1e-9);
          expect(place).toBeLessThanOrEqual(100 + 1e-9);
          if (k === 0) continue;
          expect(at).toBeGreaterThanOrEqual(placed[k - 1]!.at);
          expect(place - placed[k - 1]!.place).toBeGreaterThanOrEqual(10 - 1e-9);
        }
      }),
    );
    expect(mostLabels(0, 100, 10)).toBe(11);
  });

  it('stand exactly at what they name where nothing is in their way', () => {
    const all = [20, 60].map((at) => ({ at, text: String(at) }));
    expect(spreadLabels(all, 0, 100, 10).map(({ place }) => place)).toEqual([20, 60]);
  });
});

it('neighbouring learning rates never have the same dashes', () => {
  const rates = Array.from({ length: 30 }, (_, k) => rateAt(0.01, 2, k / 29));
  const dashes = rates.map((rate) => dashesOf(rates.toReversed()).get(rate)!.join(' '));
  for (let k = 1; k < 30; k++) expect(dashes[k]).not.toBe(dashes[k - 1]);
});
