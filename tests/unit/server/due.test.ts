import { describe, expect, it } from 'vitest';
import { takeEvaluations } from '../../../server/rooms/reports.ts';
import { MAX_WINDOWS, TIMING } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';
import { Classroom, PLAN } from './classroom.ts';

const SLOW = { kind: 'paced', stepsPerSecond: 1 } as const;
const zeros = (count: number) => new Array<number>(count).fill(0);

describe('points of steps that the clock has not reached', () => {
  it('[P36] are not taken yet, and lead nobody to the end of a paused run', () => {
    const classroom = new Classroom();
    for (const name of ['Ada', 'Bob']) classroom.join(name);
    classroom.run({ pace: SLOW });
    classroom.time.pass(1_500);
    classroom.command('pause');
    classroom.time.pass(1_000);
    const { until } = classroom.room.run!.clock as { until: number };
    expect(until).toBeLessThan(3);
    expect(classroom.losses(0, 0, zeros(10))).toEqual({ ok: true, held: until });
    // Again and again, as a page does whose report was not taken whole.
    expect(classroom.losses(0, until, zeros(10 - until))).toEqual({ ok: true, held: until });
    classroom.time.pass(TIMING.lastCall.max * 2);
    expect(classroom.room.phase).toBe('paused');
  });

  it('[P36] are taken when the clock is there, and a divergence with them', () => {
    const classroom = new Classroom();
    for (const name of ['Ada', 'Bob']) classroom.join(name);
    classroom.run({ pace: SLOW });
    expect(classroom.losses(0, 0, [9, 9, 9], 3)).toEqual({
      ok: true,
      held: TIMING.ahead / 1_000,
    });
    expect(classroom.status(0)).not.toBe('diverged');
    classroom.time.pass(2_000);
    // All its windows are due, the step at which it left is not.
    expect(classroom.losses(0, 0, [9, 9, 9], 4)).toMatchObject({ code: REFUSALS.badLosses });
    expect(classroom.losses(0, 1, [9, 9], 3)).toEqual({ ok: true, held: 3 });
    expect(classroom.status(0)).toBe('diverged');
    expect(classroom.losses(1, 0, [], 0)).toEqual({ ok: true, held: 0 });
  });

  it('[P36] are refused whole where only the divergence lies ahead, so that it is told again', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    const settings = { ...PLAN.settings, steps: 2 * MAX_WINDOWS };
    classroom.run({ settings, pace: SLOW });
    classroom.time.pass(4_000 - TIMING.ahead);
    expect(classroom.losses(0, 0, [9, 9], 5)).toMatchObject({ code: REFUSALS.wrongPhase });
    classroom.time.pass(1_000);
    expect(classroom.losses(0, 0, [9, 9], 5)).toEqual({ ok: true, held: 2 });
    expect(classroom.status(0)).toBe('diverged');
  });

  it('[P36] hold for the test images as well, and no more once the run has ended', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    const settings: MnistSettings = {
      ...{ experiment: 'mnist', model: 'softmax', seed: 1, steps: 10, init: { kind: 'zeros' } },
      ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
    };
    classroom.run({ settings, pace: SLOW });
    const { evaluations: count } = classroom.room.run!;
    const report = { run: 1, from: 0, losses: zeros(count), accuracies: zeros(count) };
    const before = takeEvaluations(classroom.room, 0, report);
    expect(before.ok && before.held).toBeLessThan(count);
    classroom.command('stop');
    expect(takeEvaluations(classroom.room, 0, report)).toEqual({ ok: true, held: count });
    expect(classroom.losses(0, 0, zeros(10))).toEqual({ ok: true, held: 10 });
  });

  it('a race has no common step, and takes what comes', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({ ...PLAN, pace: { kind: 'race' } });
    expect(classroom.losses(0, 0, zeros(10))).toEqual({ ok: true, held: 10 });
  });
});
