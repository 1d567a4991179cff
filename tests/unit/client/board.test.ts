import { describe, expect, it } from 'vitest';
import { Board } from '../../../client/live/board.ts';
import type { Frame, TimedChunk } from '../../../shared/protocol/frame.ts';
import type { RunView } from '../../../shared/protocol/views.ts';
import { timed } from '../timed.ts';

function run(number: number, steps = 100): RunView {
  return {
    number,
    settings: {
      experiment: 'mnist',
      model: 'softmax',
      seed: 1,
      steps,
      init: { kind: 'zeros' },
      images: 2_000,
      batchSize: 32,
      order: 'shuffle',
    },
    pace: { kind: 'race' },
    rates: { kind: 'list', rates: [0.1] },
    clock: null,
    reference: null,
  };
}

const chunk = (participant: number, from: number, ...values: number[]): TimedChunk =>
  timed({ participant, from, values: Float32Array.from(values) });
const frame = (fields: Partial<Frame>): Frame => ({
  run: 1,
  losses: [],
  evaluations: [],
  standings: null,
  ...fields,
});

describe('Board', () => {
  it('appends what frames bring and ignores what it has', () => {
    const board = new Board();
    board.follow(run(1));
    expect(board.apply(frame({ losses: [chunk(4, 0, 3, 2)] }))).toBe(true);
    expect(board.apply(frame({ losses: [chunk(4, 1, 9, 1)] }))).toBe(true);
    expect([...board.losses.get(4)!.slice(0)]).toEqual([3, 2, 1]);
    expect(board.apply(frame({ evaluations: [chunk(4, 0, 0.5, 0.75)] }))).toBe(true);
    expect(board.evaluations.get(4)!.at(0, 1)).toBe(0.75);
  });

  it('[P20] says when values are missing, and a snapshot heals it', () => {
    const board = new Board();
    board.follow(run(1));
    board.apply(frame({ losses: [chunk(0, 0, 3)] }));
    expect(board.apply(frame({ losses: [chunk(0, 2, 1)] }))).toBe(false);
    expect(board.losses.get(0)!.length).toBe(1);
    expect(board.apply(frame({ losses: [chunk(0, 0, 3, 2, 1)] }))).toBe(true);
    expect([...board.losses.get(0)!.slice(0)]).toEqual([3, 2, 1]);
  });

  it('begins anew with another run, keeps the present one, and drops a late frame of an old one', () => {
    const board = new Board();
    board.follow(run(1));
    board.apply(frame({ losses: [chunk(0, 0, 3)], standings: { arrived: 1, order: [0] } }));
    board.follow(run(1));
    expect(board.losses.size).toBe(1);
    board.follow(run(2));
    expect(board.losses.size).toBe(0);
    expect(board.standings).toEqual({ arrived: 0, order: [] });
    expect(board.apply(frame({ losses: [chunk(0, 0, 3)] }))).toBe(true);
    expect(board.losses.size).toBe(0);
  });

  it('asks for a snapshot when a frame is of a run that it does not know yet', () => {
    const board = new Board();
    board.follow(run(1));
    expect(board.apply(frame({ run: 2, losses: [chunk(0, 0, 3)] }))).toBe(false);
  });

  it('takes no value past the end of the grid', () => {
    const board = new Board();
    board.follow(run(1, 2));
    expect(board.apply(frame({ losses: [chunk(0, 0, 3, 2, 1)] }))).toBe(false);
    expect(board.losses.has(0)).toBe(false);
  });

  it('forgets who has left', () => {
    const board = new Board();
    board.follow(run(1));
    board.apply(
      frame({ losses: [chunk(0, 0, 3), chunk(1, 0, 2)], evaluations: [chunk(0, 0, 1, 0)] }),
    );
    board.forget(0);
    expect([...board.losses.keys()]).toEqual([1]);
    expect(board.evaluations.size).toBe(0);
  });
});
