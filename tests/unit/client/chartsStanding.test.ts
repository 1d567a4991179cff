import { describe, expect, it } from 'vitest';
import { CalmVersion } from '../../../client/charts/calmVersion.svelte.ts';
import { conclusion } from '../../../client/charts/conclusion.ts';
import { Smoothing } from '../../../client/charts/smoothing.ts';
import { replays } from '../../../client/charts/replays.ts';
import { comparedStep, outcome, standings } from '../../../client/charts/standing.ts';
import { Board } from '../../../client/live/board.ts';
import type {
  ParticipantView,
  RunView,
  SessionView,
  Status,
} from '../../../shared/protocol/views.ts';
import { timed } from '../timed.ts';

const run: RunView = {
  number: 1,
  clock: null,
  reference: null,
  settings: {
    experiment: 'mnist',
    model: 'softmax',
    seed: 1,
    steps: 20,
    init: { kind: 'zeros' },
    images: 2_000,
    batchSize: 32,
    order: 'file',
  },
  pace: { kind: 'race' },
  rates: { kind: 'spread', from: 0.01, to: 10 },
};

function person(index: number, rate: number | null, status: Status): ParticipantView {
  return { index, name: `S${index}`, simulated: false, rate, status };
}

/** Three students after four steps: one good, one slow to report, one diverged. */
function classOfThree() {
  const participants = new Map(
    [
      person(0, 10, { state: 'diverged', atStep: 2 }),
      person(1, 0.1, { state: 'training' }),
      person(2, 0.01, { state: 'training' }),
      person(3, null, { state: 'choosing' }),
    ].map((each) => [each.index, each]),
  );
  const board = new Board();
  board.follow(run);
  board.evaluationSteps = [1, 2, 3, 20];
  const chunk = (participant: number, ...values: number[]) =>
    timed({ participant, from: 0, values: Float32Array.from(values) });
  board.apply({
    run: 1,
    losses: [chunk(0, 2, 900), chunk(1, 2, 1, 0.5, 0.25, 0.125), chunk(2, 2, 1.5, 1.5, 1)],
    evaluations: [chunk(1, 2, 0.25, 1, 0.5, 0.5, 0.75), chunk(2, 2, 0.25, 1.5, 0.5)],
    standings: { arrived: 4, order: [1, 2, 0] },
  });
  return { participants, board };
}

describe('all that show the standings of a session', () => {
  it('show one and the same step of them, until the pause is over or the phase another', () => {
    const { participants, board } = classOfThree();
    const view: SessionView = {
      code: 'CALM34',
      phase: 'running',
      locked: false,
      pseudonyms: null,
      reportEvery: 250,
      run,
      unsavedSince: null,
      unattended: false,
    };
    const session = { code: view.code, view, participants, board, version: 1, serverNow: () => 0 };
    const one = new CalmVersion(session);
    const { snapshot } = one;
    expect(snapshot.step).toBe(4);
    board.apply({
      run: 1,
      losses: [timed({ participant: 2, from: 4, values: Float32Array.of(0.9) })],
      evaluations: [],
      standings: { arrived: 5, order: [1, 2, 0] },
    });
    session.version = 2;
    expect(comparedStep(board)).toBe(5);
    const other = new CalmVersion(session);
    expect(other.snapshot).toBe(snapshot);
    expect(one.snapshot).toBe(snapshot);
    session.view = { ...view, phase: 'finished' };
    expect(one.snapshot.step).toBe(5);
    expect(other.snapshot).toBe(one.snapshot);
  });
});

describe('the standings on the page', () => {
  it('compare everybody at the same step, in the order that the server decided', () => {
    const { participants, board } = classOfThree();
    const all = standings(run, participants, board);
    expect(comparedStep(board)).toBe(4);
    expect(all.map(({ participant, rank, loss }) => [participant.index, rank, loss])).toEqual([
      [1, 1, 0.9375],
      [2, 2, 1.5],
      [0, null, null],
      [3, null, null],
    ]);
  });

  it('show the accuracy of an evaluation that all of them have reported', () => {
    const { participants, board } = classOfThree();
    const accuracies = standings(run, participants, board).map(({ accuracy }) => accuracy);
    expect(accuracies).toEqual([0.5, 0.5, null, null]);
  });

  it('name who is behind, and give no rank', () => {
    const { participants, board } = classOfThree();
    board.standings = { arrived: 5, order: [1, 2, 0] };
    const slow = standings(run, participants, board).find((each) => each.participant.index === 2);
    expect(slow).toMatchObject({ behind: true, rank: null, loss: null });
  });

  it('list everybody before there is anything to compare', () => {
    const { participants } = classOfThree();
    const all = standings(null, participants, new Board());
    expect(all.map(({ participant }) => participant.index)).toEqual([0, 1, 2, 3]);
    expect(all.every(({ rank, behind }) => rank === null && !behind)).toBe(true);
  });
});

describe('who a replay has refuted', () => {
  it('[P51] has no rank, no loss and no accuracy, and teaches nothing', () => {
    const { participants, board } = classOfThree();
    for (const index of [0, 1]) {
      const verdict = { state: 'refuted', atStep: 2 } as const;
      participants.set(index, { ...participants.get(index)!, verdict });
    }
    board.standings = { arrived: 4, order: [2, 0, 1] };
    const all = standings(run, participants, board);
    const faker = all.find(({ participant }) => participant.index === 1);
    expect(faker).toMatchObject({ rank: null, loss: null, accuracy: null, behind: false });
    expect(all[0]).toMatchObject({ participant: { index: 2 }, rank: 1, loss: 1.5 });
    expect(conclusion(all)).toMatchObject([{ finding: 'best', rate: 0.01 }]);
  });

  it('is counted and named, apart from those who wait for their replay', () => {
    const { participants, board } = classOfThree();
    const verdict = { state: 'refuted', atStep: 2 } as const;
    participants.set(1, { ...participants.get(1)!, verdict });
    participants.set(2, { ...participants.get(2)!, verdict: { state: 'unchecked' } });
    const found = { reported: 3, pending: 1, verified: 0, unchecked: 1, refuted: ['S1'] };
    expect(replays(participants.values(), board)).toEqual(found);
  });
});

describe('what a run teaches', () => {
  it('names the best and counts who diverged', () => {
    const { participants, board } = classOfThree();
    const all = standings(run, participants, board);
    expect(outcome(all)).toEqual({
      curves: 3,
      diverged: 1,
      best: { name: 'S1', rate: 0.1, loss: 0.9375 },
    });
    expect(conclusion(all)).toMatchObject([
      { finding: 'best', rate: 0.1, loss: 0.9375, accuracy: 0.5 },
      { finding: 'diverged', count: 1, curves: 3, lowest: 10 },
    ]);
  });

  it('says that the best may lie beyond the rates tried', () => {
    const losses = [3, 2, 1];
    const all = losses.map((loss, k) => ({
      participant: person(k, 10 ** k, { state: 'done' as const }),
      rank: 3 - k,
      loss,
      accuracy: null,
      behind: false,
    }));
    expect(conclusion(all).map(({ finding }) => finding)).toEqual(['best', 'atTop']);
  });

  it('says so when all have diverged, and when there is nothing to say', () => {
    const gone = {
      participant: person(0, 10, { state: 'diverged', atStep: 3 }),
      rank: null,
      loss: null,
      accuracy: null,
      behind: false,
    };
    expect(conclusion([gone])).toEqual([{ finding: 'allDiverged' }]);
    expect(conclusion([])).toEqual([{ finding: 'none' }]);
  });
});

describe('a smoothed curve', () => {
  const smoothed = (values: Float32Array) => new Smoothing(0.9, 1_000).of(values);

  it('is the curve itself where that is flat, from its first point on', () => {
    for (const value of smoothed(Float32Array.of(0.5, 0.5, 0.5))) expect(value).toBeCloseTo(0.5, 6);
  });

  it('stays within what it averages and follows it', () => {
    const values = Float32Array.from({ length: 100 }, (_, k) => (k % 2 ? 3 : 1) / (1 + k / 10));
    const result = smoothed(values);
    expect(result[0]).toBeCloseTo(1, 6);
    expect(Math.max(...result)).toBeLessThanOrEqual(Math.max(...values));
    expect(result[99]!).toBeLessThan(result[20]!);
    expect(Math.abs(result[99]! - result[98]!)).toBeLessThan(Math.abs(values[99]! - values[98]!));
  });

  it('is the same however its values came', () => {
    const values = Float32Array.from({ length: 50 }, (_, k) => Math.abs(Math.sin(k)));
    const growing = new Smoothing(0.9, 50);
    for (const length of [1, 7, 7, 30]) growing.of(values.subarray(0, length));
    expect(growing.of(values)).toEqual(smoothed(values));
  });
});
