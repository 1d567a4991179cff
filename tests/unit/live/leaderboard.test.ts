import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank, sameStandings, type Contender } from '../../../shared/live/leaderboard.ts';
import { Column } from '../../../shared/live/column.ts';

const REFUTED = { state: 'refuted', atStep: 1 } as const;

function contender(
  participant: number,
  losses: number[],
  rest: Partial<Pick<Contender, 'awaited' | 'divergedAt' | 'verdict'>> = {},
): Contender {
  const column = new Column(20);
  column.append(0, losses);
  return { participant, losses: column, awaited: true, divergedAt: null, verdict: null, ...rest };
}

describe('the leaderboard', () => {
  it('[P25] ranks everybody at the last window at which all have arrived', () => {
    const fast = contender(0, [5, 4, 3, 0]);
    const slow = contender(1, [4, 3]);
    expect(rank([fast, slow], 0, 1)).toEqual({ arrived: 2, order: [1, 0] });
  });

  it('[P25] never moves back, whoever comes late', () => {
    const there = contender(0, [5, 4, 3]);
    const late = contender(1, [0.5]);
    expect(rank([there, late], 3, 1)).toEqual({ arrived: 3, order: [0, 1] });
  });

  it('[P25] goes on without those who are catching up, and waits for them once they have', () => {
    const there = contender(0, [5, 4, 3, 2]);
    const catching = contender(1, [1, 1]);
    expect(rank([there, catching], 3, 1)).toEqual({ arrived: 4, order: [0, 1] });
    const level = contender(1, [1, 1, 1]);
    expect(rank([there, level], 3, 1)).toEqual({ arrived: 3, order: [1, 0] });
  });

  it('[P51] puts those whose losses were refuted behind everybody, the diverged included', () => {
    const cheat = contender(0, [1, 0, 0], { verdict: REFUTED });
    const there = contender(1, [5, 4, 3]);
    const gone = contender(2, [5], { divergedAt: 1 });
    const early = contender(3, [], { divergedAt: 0, verdict: REFUTED });
    expect(rank([cheat, there, gone, early], 0, 1).order).toEqual([1, 2, 0, 3]);
  });

  it('does not wait for those who are away or have diverged', () => {
    const there = contender(0, [5, 4, 3]);
    const away = contender(1, [1], { awaited: false });
    const left = contender(2, [9], { divergedAt: 1 });
    expect(rank([there, away, left], 0, 1)).toEqual({ arrived: 3, order: [0, 1, 2] });
  });

  it('puts those behind after the others, the furthest first, and the diverged last, the latest first', () => {
    const list = [
      contender(0, [9, 9], { divergedAt: 2 }),
      contender(1, [9, 9, 9], { divergedAt: 3 }),
      contender(2, [1], { awaited: false }),
      contender(3, [2, 2], { awaited: false }),
      contender(4, [8, 8, 8]),
      contender(5, [7, 7, 7]),
    ];
    expect(rank(list, 0, 1).order).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('gives ties to the lower index', () => {
    expect(rank([contender(3, [1]), contender(1, [1])], 0, 1).order).toEqual([1, 3]);
    expect(rank([contender(3, []), contender(1, [])], 0, 1)).toEqual({ arrived: 0, order: [1, 3] });
  });

  it('averages over its span, so that one lucky batch does not win', () => {
    const lucky = contender(0, [9, 9, 0]);
    const steady = contender(1, [2, 2, 2]);
    expect(rank([lucky, steady], 0, 1).order).toEqual([0, 1]);
    expect(rank([lucky, steady], 0, 3).order).toEqual([1, 0]);
  });

  it('names everybody once, in whatever order they are given', () => {
    const list = fc.uniqueArray(
      fc.record({
        participant: fc.integer({ min: 0, max: 30 }),
        losses: fc.array(fc.float({ min: 0, max: 10, noNaN: true }), { maxLength: 20 }),
        awaited: fc.boolean(),
        divergedAt: fc.option(fc.integer({ min: 0, max: 20 })),
      }),
      { selector: ({ participant }) => participant },
    );
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 10 }), (given, span) => {
        const contenders = given.map(({ participant, losses, ...rest }) =>
          contender(participant, losses, rest),
        );
        const standings = rank(contenders, 0, span);
        expect(standings.order.toSorted((a, b) => a - b)).toEqual(
          given.map(({ participant }) => participant).sort((a, b) => a - b),
        );
        expect(sameStandings(rank(contenders.toReversed(), 0, span), standings)).toBe(true);
      }),
    );
  });
});
