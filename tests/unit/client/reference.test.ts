import { describe, expect, it } from 'vitest';
import type { ChartSession } from '../../../client/charts/chartSession.ts';
import { REFERENCE, type Reference } from '../../../client/charts/reference.ts';
import { SessionCurves } from '../../../client/charts/sessionCurves.ts';
import { standings } from '../../../client/charts/standing.ts';
import { Board } from '../../../client/live/board.ts';
import { Column } from '../../../shared/live/column.ts';
import type { RunView, SessionView } from '../../../shared/protocol/views.ts';

const RUN: RunView = {
  number: 1,
  settings: {
    experiment: 'toy',
    model: 'mlp',
    seed: 1,
    steps: 40,
    init: { kind: 'seed' },
    batchSize: 10,
    order: 'shuffle',
    shape: 'moons',
    points: 100,
    hidden: 4,
    activation: 'relu',
  },
  pace: { kind: 'race' },
  rates: { kind: 'spread', from: 0.01, to: 1 },
  clock: { kind: 'race', at: 0, going: true, gone: 0 },
  reference: 0.3,
};

function columns(losses: number[]): Reference {
  const reference = {
    rate: 0.3,
    losses: new Column(40),
    evaluations: new Column(5, 2),
    divergedAt: null,
  };
  reference.losses.append(0, losses);
  reference.evaluations.append(0, [0.5, 0.75]);
  return reference;
}

function session(reference: Reference | null): ChartSession {
  const view: SessionView = {
    code: 'ACDEFG',
    phase: 'running',
    locked: false,
    pseudonyms: null,
    reportEvery: 150,
    run: RUN,
    unsavedSince: null,
    unattended: false,
  };
  const board = new Board();
  board.follow(RUN);
  return {
    code: 'ACDEFG',
    view,
    participants: new Map(),
    version: 0,
    board,
    reference,
    serverNow: () => 0,
  };
}

function readers(reference: Reference | null) {
  const shown = session(reference);
  const curves = new SessionCurves(shown);
  return { shown, curves, name: (rate: number) => `reference ${rate}` };
}

describe('the reference curve', () => {
  it('lies where the others would, in steps and in epochs', () => {
    const { curves, name } = readers(columns([3, 2, 1]));
    const inSteps = curves.reference({ metric: 'train', unit: 'steps', memory: 0 }, name)!;
    expect([...inSteps.y]).toEqual([3, 2, 1]);
    expect([...inSteps.x.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(inSteps).toMatchObject({ participant: REFERENCE, name: 'reference 0.3', rate: 0.3 });
    const inEpochs = curves.reference({ metric: 'train', unit: 'epochs', memory: 0 }, name)!;
    expect(inEpochs.x[2]).toBeCloseTo(0.3);
    const accuracy = curves.reference({ metric: 'accuracy', unit: 'steps', memory: 0 }, name)!;
    expect([...accuracy.y]).toEqual([0.75]);
  });

  it('is smoothed as the others are, and grows with its column', () => {
    const reference = columns([4, 0]);
    const { curves, name } = readers(reference);
    const reading = { metric: 'train', unit: 'steps', memory: 0.5 } as const;
    expect(curves.reference(reading, name)!.y[1]).toBeCloseTo(4 / 3);
    reference.losses.append(2, [0]);
    expect(curves.reference(reading, name)!.y).toHaveLength(3);
  });

  it('marks the step at which it left, and has no seconds', () => {
    const { curves, name } = readers({ ...columns([3]), divergedAt: 20 });
    const inEpochs = curves.reference({ metric: 'train', unit: 'epochs', memory: 0 }, name)!;
    expect(inEpochs).toMatchObject({ state: 'diverged', divergedX: 2 });
    expect(curves.reference({ metric: 'train', unit: 'seconds', memory: 0 }, name)).toBeNull();
  });

  it('is nobody: neither among the curves of the class nor in its ranking', () => {
    const { shown, curves } = readers(columns([3]));
    expect(curves.read({ metric: 'train', unit: 'steps', memory: 0 })).toEqual([]);
    expect(standings(RUN, shown.participants, shown.board)).toEqual([]);
    expect(
      readers(null).curves.reference({ metric: 'train', unit: 'steps', memory: 0 }, String),
    ).toBeNull();
  });
});
