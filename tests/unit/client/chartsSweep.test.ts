import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstAtMost } from '../../../client/charts/reach.ts';
import { goodRates, judge, type Tried } from '../../../shared/run/judgement.ts';

const START = 2.3;
const tried = (...all: [rate: number, loss: number | null][]): Tried[] =>
  all.map(([rate, loss]) => ({ rate, loss }));

describe('the good learning rates', () => {
  it('lie between the too low and the too high ones, half-way on a log axis', () => {
    const all = tried([0.001, 2.2], [0.01, 1.5], [0.1, 0.35], [1, 0.3], [10, 0.9], [100, null]);
    const good = goodRates(all, START)!;
    expect(good.best).toBe(1);
    expect(good.from).toBeCloseTo(Math.sqrt(0.01 * 0.1));
    expect(good.to).toBeCloseTo(Math.sqrt(1 * 10));
    expect(all.map((each) => judge(each, good))).toEqual([
      'tooLow',
      'tooLow',
      'good',
      'good',
      'tooHigh',
      'diverged',
    ]);
  });

  it('have fallen by at least half as many decades as the best', () => {
    const all = tried([0.01, 2e-2], [0.1, 1e-5], [0.5, 1e-11], [1, 1e-20]);
    const judged = all.map((each) => judge(each, goodRates(all, START)));
    expect(judged).toEqual(['tooLow', 'tooLow', 'good', 'good']);
  });

  it('have no end where none was tried that is too low or too high', () => {
    expect(goodRates(tried([0.1, 0.3], [0.2, 0.3], [0.4, 0.3]), START)).toMatchObject({
      from: null,
      to: null,
    });
  });

  it('are unknown with too few rates, and before anybody has learned anything', () => {
    expect(goodRates(tried([0.1, 0.3], [1, null]), START)).toBeNull();
    expect(goodRates(tried([0.1, 3], [1, 3], [2, 3]), START)).toBeNull();
    expect(goodRates(tried([0.1, null], [1, null], [2, null]), START)).toBeNull();
    expect(judge({ rate: 1, loss: 0.3 }, null)).toBeNull();
  });

  const rate = fc.double({ min: 1e-6, max: 1e3, noNaN: true });
  const loss = fc.option(fc.double({ min: 0, max: 10, noNaN: true }));

  it('always hold the best one, and every loss that is as low', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(rate, loss), { selector: ([r]) => r }), (pairs) => {
        const all = tried(...pairs);
        const good = goodRates(all, START);
        if (!good) return;
        const best = all.find((each) => each.rate === good.best)!;
        expect(judge(best, good)).toBe('good');
        for (const each of all) {
          if (each.loss !== null) expect(each.loss).toBeGreaterThanOrEqual(best.loss!);
          if (each.loss === null) expect(judge(each, good)).toBe('diverged');
        }
        if (good.from !== null) expect(good.from).toBeLessThanOrEqual(good.best);
        if (good.to !== null) expect(good.to).toBeGreaterThanOrEqual(good.best);
      }),
    );
  });
});

describe('the steps to a loss', () => {
  it('are those at which it is first reached', () => {
    expect(firstAtMost([3, 2, 1, 2, 0.5], 1)).toBe(2);
    expect(firstAtMost([3, 2, 1], 0.9)).toBeNull();
    expect(firstAtMost([], 9)).toBeNull();
  });
});
