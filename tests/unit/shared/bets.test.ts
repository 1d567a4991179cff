import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BETS, betPoints } from '../../../shared/run/bets.ts';
import { goodRates, judge, judgeAll, type Attempt } from '../../../shared/run/judgement.ts';
import { mayBet, PHASES } from '../../../shared/session.ts';

describe('the points of a bet', () => {
  it('are two for the right word, one for the right side, and none for the wrong one', () => {
    const table = BETS.map((bet) => BETS.map((outcome) => betPoints(bet, outcome)));
    expect(table).toEqual([
      [2, 0, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 2, 1],
      [0, 0, 1, 2],
    ]);
    expect(betPoints('good', null)).toBeNull();
  });

  it('can be won until the first step', () => {
    expect(PHASES.filter(mayBet)).toEqual(['lobby', 'countdown']);
  });
});

describe('the judgement of a class', () => {
  const attempt = fc.record({
    rate: fc.constantFrom(0.001, 0.01, 0.1, 1, 10),
    losses: fc.array(fc.float({ min: 0, max: 100, noNaN: true }), { maxLength: 6 }),
    hasDiverged: fc.boolean(),
  });

  it('is that of each rate among all that can be compared', () => {
    fc.assert(
      fc.property(fc.array(attempt), fc.integer({ min: 1, max: 5 }), (all: Attempt[], arrived) => {
        const { judgements, good } = judgeAll(all, arrived, 1);
        const compared = all.filter((a) => a.hasDiverged || a.losses.length >= arrived);
        const lossOf = (a: Attempt) => (a.hasDiverged ? null : a.losses[arrived - 1]!);
        const tried = compared.map((a) => ({ rate: a.rate, loss: lossOf(a) }));
        const firsts = all.flatMap((a) => (a.losses.length > 0 ? [a.losses[0]!] : []));
        const start = firsts.sort((a, b) => a - b)[firsts.length >> 1] ?? 0;
        expect(good).toEqual(goodRates(tried, start));
        all.forEach((a, k) => {
          const expected = compared.includes(a)
            ? judge({ rate: a.rate, loss: lossOf(a) }, good)
            : null;
          expect(judgements[k]).toBe(expected);
        });
      }),
    );
  });

  it('says nothing before the first window, except of who has diverged', () => {
    const losses = [1, 2];
    const all = [0.1, 0.2, 0.3].map((rate) => ({ rate, losses, hasDiverged: rate > 0.2 }));
    expect(judgeAll(all, 0, 1).judgements).toEqual([null, null, 'diverged']);
  });
});
