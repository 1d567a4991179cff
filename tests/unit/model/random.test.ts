import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, shuffle } from '../../../shared/model/random.ts';

describe('random numbers', () => {
  it('follow from seed and stream and nothing else', () => {
    const first = (seed: number, stream: number) => {
      const random = new Random(seed, stream);
      return [random.next(), random.next(), random.next()];
    };
    expect(first(1, 1)).toEqual(first(1, 1));
    expect(first(1, 1)).not.toEqual(first(2, 1));
    expect(first(1, 1)).not.toEqual(first(1, 2));
    expect(first(1, 1)).toMatchInlineSnapshot(`
      [
        2466671647,
        704075991,
        1425070668,
      ]
    `);
  });

  it('stay within their range and spread over it', () => {
    const random = new Random(3, 1);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[random.below(10)]! += 1;
    for (const count of counts) expect(count).toBeGreaterThan(900);
    for (let i = 0; i < 1_000; i++) {
      const value = random.uniform(-0.05, 0.05);
      expect(Math.abs(value)).toBeLessThanOrEqual(Math.fround(0.05));
      expect(Math.fround(value)).toBe(value);
    }
  });

  it('shuffle only within what they are given, and lose nothing', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(200), fc.nat(200), (seed, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const items = Uint32Array.from({ length: 200 }, (_, i) => i);
        shuffle(items, from, to, new Random(seed, 16));
        expect([...items].sort((x, y) => x - y)).toEqual(Array.from({ length: 200 }, (_, i) => i));
        for (let i = 0; i < 200; i++) if (i < from || i >= to) expect(items[i]).toBe(i);
      }),
    );
  });
});
