import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readableTicks } from '../../../client/charts/readableTicks.ts';

const FONT = 10;
const ticks = (...at: number[]) => at.map((y) => ({ value: -y, at: y }));

it('ticks up an axis are as many as can be read', () => {
  expect(readableTicks(ticks(100, 80, 60), FONT, null)).toEqual(ticks(100, 80, 60));
  expect(readableTicks(ticks(100, 92, 84), FONT, null)).toEqual(ticks(100, 84));
  expect(readableTicks(ticks(100, 80, 60), FONT, 98)).toEqual(ticks(80, 60));
  // A scale has two, as long as their texts do not cover each other.
  expect(readableTicks(ticks(100, 95, 90), FONT, null)).toEqual(ticks(100, 90));
  expect(readableTicks(ticks(100, 95), FONT, null)).toEqual(ticks(100));
  expect(readableTicks(ticks(100, 90), FONT, 100)).toEqual(ticks(90));
});

it('wherever two texts have room, two stand there, and none covers another', () => {
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(places, fc.boolean(), (all, isTaken) => {
      const from = [...all].sort((a, b) => b - a);
      const taken = isTaken ? from[0]! : null;
      const kept = readableTicks(ticks(...from), FONT, taken).map(({ at }) => at);
      const texts = taken === null ? kept : [taken, ...kept];
      for (const [k, at] of texts.slice(1).entries()) {
        expect(texts[k]! - at).toBeGreaterThanOrEqual(0.9 * FONT);
      }
      if (from[0]! - from.at(-1)! >= FONT) expect(texts.length).toBeGreaterThanOrEqual(2);
    }),
  );
});
