import { describe, expect, it } from 'vitest';
import { resultsFile } from '../../../client/alone/aloneFiles.ts';
import { aloneResult, judgedModels } from '../../../client/alone/aloneResult.ts';
import { recordedBrainPlan } from '../../../client/brain/recordedBrainPlan.ts';
import type { ChartSession } from '../../../client/charts/chartSession.ts';
import { Board } from '../../../client/live/board.ts';
import type { ParticipantView, RunView, SessionView } from '../../../shared/protocol/views.ts';
import { timed } from '../timed.ts';

const RATES = [0.01, 0.5, 1.2, 2];

const run: RunView = {
  ...{ number: 3, clock: null, reference: null, bets: true },
  settings: {
    ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 4 },
    init: { kind: 'zeros' },
  },
  pace: { kind: 'race' },
  rates: { kind: 'list', rates: RATES },
};

/** Four models: one crawls, one arrives, one jumps about, and one diverged after two steps. */
function alone(): ChartSession {
  const board = new Board();
  board.follow(run);
  const losses = [
    [1, 0.99, 0.98, 0.97],
    [1, 0.5, 0.1, 0.01],
    [1, 1.5, 0.7, 0.9],
    [1, 50],
  ].map((values, participant) =>
    timed({ participant, from: 0, values: Float32Array.from(values) }),
  );
  const standings = { arrived: 4, order: [1, 2, 0, 3] };
  board.apply({ run: 3, losses, evaluations: [], standings });
  const bets = ['tooLow', 'tooHigh', undefined, 'tooHigh'] as const;
  const participants = RATES.map((rate, index): ParticipantView => ({
    ...{ index, name: 'ABCD'[index]!, simulated: false, rate, bet: bets[index] },
    status: index === 3 ? { state: 'diverged', atStep: 2 } : { state: 'done' },
  }));
  const view: SessionView = {
    ...{ code: 'alone', phase: 'finished', locked: false, pseudonyms: null, reportEvery: 0 },
    ...{ run, unsavedSince: null, unattended: false },
  };
  return {
    ...{ code: 'alone', view, version: 1, board, serverNow: () => 0 },
    participants: new Map(participants.map((each) => [each.index, each])),
  };
}

describe('what a browser alone keeps of a run', () => {
  it('is what a class would: ranks, what the rates turned out to be, and what the bets were worth', () => {
    const result = aloneResult(alone());
    expect(result).toMatchObject({ number: 3, arrived: 4, bets: true });
    expect(
      result?.participants.map(({ name, rank, state, outcome, bet, betPoints }) => [
        ...[name, rank, state, outcome, bet, betPoints],
      ]),
    ).toEqual([
      ['A', 3, 'done', 'tooLow', 'tooLow', 2],
      ['B', 1, 'done', 'good', 'tooHigh', 0],
      ['C', 2, 'done', 'tooHigh', null, null],
      ['D', 4, 'diverged', 'diverged', 'tooHigh', 1],
    ]);
    expect(result?.participants[3]).toMatchObject({ divergedAt: 2, rate: 2 });
    expect(result?.participants[1]?.losses.map(({ steps }) => steps)).toEqual([1, 2, 3, 4]);
    expect(judgedModels(alone()).good?.best).toBe(0.5);
  });

  it('makes a class brain without the model that diverged leading it', () => {
    const plan = recordedBrainPlan(aloneResult(alone())!);
    expect(plan).toMatchObject({ run: 3, steps: 4, best: 0.5, students: 4 });
    expect(plan?.members.map(({ isGood, divergedAt }) => [isGood, divergedAt])).toEqual([
      [false, null],
      [true, null],
      [false, null],
      [false, 2],
    ]);
  });

  it('leaves as the files that a class leaves', async () => {
    const result = aloneResult(alone())!;
    const table = await resultsFile('results.csv', [result], 'comma').text();
    const lines = table.split('\r\n');
    expect(lines[0]).toMatch(/run;experiment;.*;bet;outcome;bet_points$/);
    expect(lines[2]).toMatch(/^3;linear;perceptron;4;.*;1;2;B;no;0,5;done;/);
    const curves = await resultsFile('curves.csv', [result], 'point').text();
    expect(curves.trim().split('\r\n')).toHaveLength(1 + 4 + 4 + 4 + 2);
    const all = await resultsFile('results.json', [result], 'point').text();
    expect(JSON.parse(all)).toEqual({
      session: 'alone',
      runs: [JSON.parse(JSON.stringify(result))],
    });
  });
});
