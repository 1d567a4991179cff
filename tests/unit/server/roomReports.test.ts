import { describe, expect, it } from 'vitest';
import { leave } from '../../../server/rooms/entrance.ts';
import { takeEvaluations } from '../../../server/rooms/reports.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import { Classroom, PLAN } from './classroom.ts';

const rejected = (code: string) => expect.objectContaining({ ok: false, code });

describe('reports', () => {
  it('[P13] [P14] repeats change nothing, a gap says where to go on', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    expect(classroom.losses(0, 0, [9, 8])).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 0, [1, 1])).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 3, [6])).toEqual({ ok: false, code: REFUSALS.gap, held: 2 });
    expect([...classroom.room.run!.entry(0)!.losses.slice(0)]).toEqual([9, 8]);
  });

  it('[P15] nothing reaches past the grid of the run', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    expect(classroom.losses(0, 9, [1, 1])).toEqual(rejected(REFUSALS.badLosses));
    const evaluations = { run: 1, from: 0, losses: [1], accuracies: [1] };
    const { room } = classroom;
    expect(takeEvaluations(room, 0, evaluations)).toEqual(rejected(REFUSALS.badLosses));
  });

  it('[P16] the step at which a run diverged has to fit the windows that it leaves', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({ settings: { ...PLAN.settings, steps: 2_500 } });
    // Three steps make a window, so after two windows the loss left at step 6, 7 or 8.
    for (const step of [0, 5, 9, 2_499]) {
      expect(classroom.losses(0, 0, [9, 99], step)).toEqual(rejected(REFUSALS.badLosses));
    }
    expect(classroom.losses(0, 3, [9], 10)).toEqual(rejected(REFUSALS.gap));
    expect(classroom.room.run?.held(0).losses).toBe(0);
    expect(classroom.losses(0, 0, [9, 99], 7)).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 2, [1])).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 0, [9, 99], 7)).toEqual({ ok: true, held: 2 });
    const [ada] = classroom.room.participants();
    expect(ada?.status).toEqual({ state: 'diverged', atStep: 7 });
    leave(classroom.room, 'Ada');
    expect(classroom.status(0)).toBe('diverged');
  });

  it('[P16] a run that only its last evaluation showed to have diverged ends with a full curve', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    expect(classroom.losses(0, 0, Array<number>(9).fill(1), 9)).toEqual({ ok: true, held: 9 });
    classroom.join('Bob');
    expect(classroom.losses(1, 0, Array<number>(10).fill(1), 9)).toEqual({ ok: true, held: 10 });
    expect(classroom.status(1)).toBe('diverged');
  });

  it('[P16] evaluations of before that step are still taken, later ones are not', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({
      settings: {
        experiment: 'mnist',
        model: 'softmax',
        seed: 1,
        steps: 40,
        init: { kind: 'zeros' },
        images: 2_000,
        batchSize: 10,
        order: 'file',
      },
    });
    // Evaluated after 8, 16, 24, 32 and 40 steps.
    classroom.losses(0, 0, Array<number>(10).fill(1), 10);
    const send = (from: number) =>
      takeEvaluations(classroom.room, 0, { run: 1, from, losses: [2], accuracies: [0.5] });
    expect(send(0)).toEqual({ ok: true, held: 1 });
    expect(send(1)).toEqual({ ok: true, held: 1 });
    expect([...classroom.room.run!.entry(0)!.evaluations.slice(0)]).toEqual([2, 0.5]);
  });
});
