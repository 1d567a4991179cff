import { describe, expect, it } from 'vitest';
import { BINS, betCount, tallyBets } from '../../../client/guess/tally.ts';
import type { ParticipantView } from '../../../shared/protocol/views.ts';

const RANGE = { from: 1, to: 0.001 };

function student(index: number, rest: Partial<ParticipantView>): ParticipantView {
  const status = { state: 'ready' } as const;
  return { index, name: `s${index}`, simulated: false, rate: 0.1, status, ...rest };
}

describe('the bets of a class', () => {
  it('are counted by word and by learning rate, the right ones apart', () => {
    const tallies = tallyBets(
      [
        student(0, { rate: 0.001, bet: 'tooLow', outcome: 'tooLow' }),
        student(1, { rate: 1, bet: 'tooLow', outcome: 'diverged' }),
        student(2, { rate: 1, bet: 'tooHigh', outcome: 'diverged' }),
        student(3, { rate: 0.1, bet: 'good' }),
        student(4, { bet: 'secret' }),
        student(5, {}),
        student(6, { rate: null }),
      ],
      RANGE,
    );
    expect(tallies.map(({ bet, count, decided, exact }) => [bet, count, decided, exact])).toEqual([
      ['tooLow', 2, 2, 1],
      ['good', 1, 0, 0],
      ['tooHigh', 1, 1, 0],
      ['diverged', 0, 0, 0],
    ]);
    expect(tallies[0]!.bins[0]).toEqual({ exact: 1, other: 0 });
    expect(tallies[0]!.bins[BINS - 1]).toEqual({ exact: 0, other: 1 });
    expect(tallies[1]!.bins[(BINS * 2) / 3]).toEqual({ exact: 0, other: 1 });
  });

  it('are counted before they are seen', () => {
    const all = [
      student(0, { bet: 'secret' }),
      student(1, {}),
      student(2, { rate: null }),
      student(3, { bet: 'good' }),
    ];
    expect(betCount(all)).toEqual({ placed: 2, of: 3 });
  });
});
