import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../client/charts/standing.ts';
import { attention } from '../../../client/instructor/attention.ts';
import type { ParticipantView, Status } from '../../../shared/protocol/views.ts';

const student = (
  index: number,
  status: Status,
  rest: Partial<ParticipantView> = {},
): ParticipantView => ({ index, name: `S${index}`, simulated: false, rate: 0.1, status, ...rest });

const standing = (participant: ParticipantView, behind: boolean): Standing => ({
  participant,
  rank: null,
  loss: null,
  accuracy: null,
  behind,
});

const RUNNING = { phase: 'running' as const, picks: false };

describe('what needs attention', () => {
  it('is nothing while everybody trains, is done or has diverged', () => {
    const fine = [
      student(0, { state: 'training' }),
      student(1, { state: 'done' }),
      student(2, { state: 'diverged', atStep: 3 }),
      student(3, { state: 'ready' }),
    ];
    const standings = fine.map((each) => standing(each, false));
    expect(attention(RUNNING, standings, fine)).toEqual([]);
  });

  it('is said of each once, the most urgent first and the slowest first', () => {
    const everybody = [
      student(0, { state: 'training' }),
      student(1, { state: 'behind', steps: 20 }),
      student(2, { state: 'behind', steps: 300 }),
      student(3, { state: 'away', since: 5 }),
      student(4, { state: 'silent', since: 5 }),
      student(5, { state: 'choosing' }, { rate: null }),
      student(6, { state: 'away', since: 5 }, { verdict: { state: 'refuted', atStep: 2 } }),
    ];
    const standings = everybody.map((each) => standing(each, true));
    const found = attention(RUNNING, standings, everybody);
    expect(found.map(({ concern, who }) => [concern, who.map(({ name }) => name)])).toEqual([
      ['silent', ['S4']],
      ['away', ['S3']],
      ['slow', ['S2', 'S1']],
      ['choosing', ['S5']],
      ['behind', ['S0']],
      ['refuted', ['S6']],
    ]);
  });

  it('is, before a run whose rates are picked, who has yet to pick', () => {
    const everybody = [
      student(0, { state: 'ready' }),
      student(1, { state: 'ready' }, { rate: null }),
    ];
    const found = attention({ phase: 'lobby', picks: true }, [], everybody);
    expect(found).toEqual([{ concern: 'choosing', who: [{ name: 'S1', steps: 0 }] }]);
    expect(attention({ phase: 'lobby', picks: false }, [], everybody)).toEqual([]);
  });

  it('is no longer who trailed, once the run is over', () => {
    const late = student(0, { state: 'training' });
    const finished = { phase: 'finished' as const, picks: false };
    expect(attention(finished, [standing(late, true)], [late])).toEqual([]);
  });
});
