import { describe, expect, it } from 'vitest';
import type { ChartSession } from '../../../client/charts/chartSession.ts';
import { isComparable } from '../../../shared/run/comparable.ts';
import { witnessOf } from '../../../client/charts/witness.svelte.ts';
import { pastRunOf } from '../../../client/history/pastRun.ts';
import { differing, momentOf } from '../../../client/history/replayedRun.ts';
import type { ParticipantResults, RunResult } from '../../../shared/protocol/results.ts';
import type { RunView } from '../../../shared/protocol/views.ts';
import type { RunSettings } from '../../../shared/run/settings.ts';

function student(index: number, rate: number | null, losses: number[], divergedAt: number | null) {
  const rest = { simulated: false, rank: null, verdict: null, bet: null, outcome: null };
  return {
    ...{ index, name: `s${index}`, rate, divergedAt, betPoints: null, evaluations: [], ...rest },
    state: divergedAt === null ? 'done' : 'diverged',
    losses: losses.map((loss, k) => ({ steps: k + 1, loss, seconds: k + 1 })),
  } satisfies ParticipantResults as ParticipantResults;
}

const RUN: RunResult = {
  number: 2,
  arrived: 4,
  settings: {
    ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 4, init: { kind: 'zeros' } },
  },
  pace: { kind: 'race' },
  rates: { kind: 'spread', from: 0.1, to: 2 },
  participants: [
    student(0, 0.1, [4, 3, 2, 1], null),
    student(3, 0.5, [4, 2, 1, 0.5], null),
    student(4, 2, [4, 8], 2),
    student(5, null, [], null),
  ],
};
const CURVES = new Map([
  [0.1, Float32Array.of(4, 3, 2, 1)],
  [0.5, Float32Array.of(4, 2, 1, 0.5)],
  [2, Float32Array.of(4, 8)],
]);

describe('a run that is replayed', () => {
  it('stands at each step as it stood then', () => {
    const early = momentOf(RUN, CURVES, 1);
    expect(early.standings).toEqual({ arrived: 1, order: [0, 3, 4] });
    expect([...early.columns].map(([index, column]) => [index, column.length])).toEqual([
      [0, 1],
      [3, 1],
      [4, 1],
    ]);
    expect(early.participants.map(({ status }) => status.state)).toEqual([
      ...['training', 'training', 'training'],
    ]);
    const later = momentOf(RUN, CURVES, 3);
    expect(later.standings).toEqual({ arrived: 3, order: [3, 0, 4] });
    expect(later.participants[2]!.status).toEqual({ state: 'diverged', atStep: 2 });
    expect(momentOf(RUN, CURVES, 4).participants[0]!.status.state).toBe('done');
    // What is not computed yet is not there yet.
    const one = new Map([[0.5, CURVES.get(0.5)!]]);
    expect(momentOf(RUN, one, 4).standings.order).toEqual([3]);
  });

  it('has the results on the test data that were recorded until then', () => {
    const evaluations = [
      { steps: 2, loss: 0.5, accuracy: 0.75 },
      { steps: 4, loss: 0.25, accuracy: 0.875 },
    ];
    const tested = { ...RUN, participants: [{ ...RUN.participants[0]!, evaluations }] };
    const at = (step: number) => [...momentOf(tested, CURVES, step).evaluations.get(0)!.slice(0)];
    expect([at(1), at(3), at(4)]).toEqual([[], [0.5, 0.75], [0.5, 0.75, 0.25, 0.875]]);
  });

  it('is held against what was recorded, bit for bit', () => {
    expect(differing(RUN, CURVES)).toEqual([]);
    const other = new Map(CURVES).set(0.5, Float32Array.of(4, 2, 1, 0.25));
    expect(differing(RUN, other)).toEqual(['s3']);
    const short = new Map(CURVES).set(0.1, Float32Array.of(4, 3));
    expect(differing(RUN, short)).toEqual(['s0']);
  });

  it('can be laid under another one', () => {
    const { run, students } = pastRunOf(RUN);
    expect(run).toMatchObject({ number: 2, clock: null, settings: { steps: 4 } });
    expect([...students.keys()]).toEqual([0, 3, 4]);
    expect([...students.get(3)!.losses.slice(0)]).toEqual([4, 2, 1, 0.5]);
    expect(students.get(4)!.participant.status).toEqual({ state: 'diverged', atStep: 2 });
  });

  it('is kept once, though the page has seen it and was told of it as well', () => {
    const { run, students } = pastRunOf(RUN);
    const losses = students.get(3)!.losses;
    const session = {
      view: { run },
      board: { run: run.number, losses: new Map([[3, losses]]), times: new Map([[3, losses]]) },
      participants: new Map([[3, students.get(3)!.participant]]),
    };
    const witness = witnessOf(session as unknown as ChartSession);
    witness.look();
    witness.keep(pastRunOf(RUN));
    session.view.run = { ...run, number: run.number + 1 };
    session.board.run = run.number + 1;
    witness.look();
    expect(witness.past.map((past) => past.run.number)).toEqual([run.number]);
  });

  it('is laid under a run whose losses say the same, and under no other', () => {
    const witness = witnessOf({} as ChartSession);
    witness.past = [pastRunOf(RUN)];
    witness.laid = RUN.number;
    const present = (settings: RunSettings): RunView => ({ ...witness.past[0]!.run, settings });
    expect(witness.under(present({ ...RUN.settings, steps: 9 }))).toBe(witness.past[0]);
    const toy: RunSettings = {
      ...{ experiment: 'toy', model: 'mlp', seed: 1, steps: 4, init: { kind: 'seed' } },
      ...{ batchSize: 8, order: 'shuffle', shape: 'moons', points: 20, hidden: 2 },
      activation: 'tanh',
    };
    expect(witness.under(present(toy))).toBeNull();
    expect(isComparable(toy, { ...toy, hidden: 8 })).toBe(true);
    expect(isComparable(toy, { ...toy, shape: 'circles' })).toBe(false);
  });
});
