import { describe, expect, it } from 'vitest';
import { remove } from '../../../server/rooms/conduct.ts';
import { leave } from '../../../server/rooms/entrance.ts';
import { TIMING } from '../../../shared/limits.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom, PLAN } from './classroom.ts';

/** Between two windows of a device that trickles: never silent, and never done. */
const TRICKLE = 8_500;
const WINDOWS = 100;
const RACE: Partial<RunPlan> = { pace: { kind: 'race' } };
const SECOND = 1_000;

/** A class of `count` with a run of 100 windows under way. */
function classOf(count: number, plan: Partial<RunPlan> = {}): Classroom {
  const classroom = new Classroom();
  for (let k = 0; k < count; k++) classroom.join(`Student ${k}`);
  classroom.run({ settings: { ...PLAN.settings, steps: WINDOWS }, ...plan });
  return classroom;
}

const some = (count: number) => new Array<number>(count).fill(1);

/** One window of the last student after the other; until the run is over, or `ms` have passed. */
function trickle(classroom: Classroom, index: number, ms: number): number {
  const begun = classroom.time.now();
  while (classroom.room.phase === 'running' && classroom.time.now() - begun < ms) {
    const held = classroom.room.run!.held(index).losses;
    expect(classroom.losses(index, held, [1])).toMatchObject({ ok: true });
    for (let k = 0; k < TRICKLE; k += TIMING.tick) {
      if (classroom.room.phase === 'running') classroom.time.pass(TIMING.tick);
    }
  }
  return classroom.time.now() - begun;
}

describe('a device that trickles', () => {
  it('[P32] [P34] holds up the end of a pace for a bounded time, and completes its curve afterwards', () => {
    const classroom = classOf(3);
    classroom.time.pass(10 * SECOND);
    for (const index of [0, 1]) classroom.losses(index, 0, some(WINDOWS));
    const waited = trickle(classroom, 2, 600 * SECOND);
    expect(classroom.room.phase).toBe('finished');
    expect(waited).toBeLessThanOrEqual(TIMING.patience + 2 * TIMING.lookout);
    expect(classroom.room.run!.standings).toEqual({ arrived: WINDOWS, order: [0, 1, 2] });
    const held = classroom.room.run!.held(2).losses;
    classroom.losses(2, held, some(WINDOWS - held).fill(0.5));
    classroom.time.pass(TIMING.tick);
    expect(classroom.status(2)).toBe('done');
    expect(classroom.room.run!.standings.order).toEqual([2, 0, 1]);
  });

  it('[P34] that lacks too little to be behind is not waited for without bound either', () => {
    const classroom = classOf(2);
    classroom.time.pass(10 * SECOND);
    classroom.losses(0, 0, some(WINDOWS));
    classroom.losses(1, 0, some(WINDOWS - 10));
    const waited = trickle(classroom, 1, 600 * SECOND);
    expect(classroom.room.phase).toBe('finished');
    expect(waited).toBeLessThanOrEqual(TIMING.lastCall.min + 2 * TIMING.lookout);
    expect(classroom.room.run!.standings).toEqual({ arrived: WINDOWS, order: [0, 1] });
  });

  it('[P32] in a race holds up the standings for a while only', () => {
    const classroom = classOf(3, RACE);
    for (let k = 0; k < 6; k++) {
      for (const index of [0, 1]) classroom.losses(index, 15 * k, some(15));
      trickle(classroom, 2, TRICKLE);
    }
    expect(classroom.room.phase).toBe('running');
    expect(classroom.status(2)).toBe('behind');
    expect(classroom.room.run!.standings.arrived).toBe(90);
  });
});

describe('who comes late to the end of a race', () => {
  /** Half of four at the end after `ms`; the other two stand at window 50. */
  function half(ms: number): Classroom {
    const classroom = classOf(4, RACE);
    classroom.time.pass(ms);
    for (const index of [0, 1]) classroom.losses(index, 0, some(WINDOWS));
    for (const index of [2, 3]) classroom.losses(index, 0, some(50));
    return classroom;
  }
  /** They go on, a window every five seconds. */
  function goOn(classroom: Classroom, ms: number): void {
    for (let k = 0; k < ms / (5 * SECOND); k++) {
      for (const index of [2, 3]) {
        const held = classroom.room.run!.held(index).losses;
        classroom.losses(index, held, [1]);
      }
      classroom.time.pass(5 * SECOND);
    }
  }

  it('[P34] is waited for as long again as half of the class needed', () => {
    const classroom = half(60 * SECOND);
    goOn(classroom, 55 * SECOND);
    expect(classroom.room.phase).toBe('running');
    goOn(classroom, 10 * SECOND);
    expect(classroom.room.phase).toBe('finished');
    expect(classroom.room.run!.standings.order).toEqual([0, 1, 2, 3]);
  });

  it('[P34] is waited for longer where the race was short, and not for ever where it was long', () => {
    const short = half(5 * SECOND);
    goOn(short, TIMING.lastCall.min - 5 * SECOND);
    expect(short.room.phase).toBe('running');
    goOn(short, 10 * SECOND);
    expect(short.room.phase).toBe('finished');
    const long = half(2 * TIMING.lastCall.max);
    // A window every ten seconds would be enough for 500 s; the bound is earlier.
    for (let k = 0; k < 40 && long.room.phase === 'running'; k++) goOn(long, 10 * SECOND);
    expect(long.room.phase).toBe('finished');
  });

  it('[P34] loses nothing while the race is halted', () => {
    const classroom = half(5 * SECOND);
    goOn(classroom, 10 * SECOND);
    classroom.command('pause');
    classroom.time.pass(10 * TIMING.lastCall.min);
    expect(classroom.room.phase).toBe('paused');
    classroom.command('resume');
    goOn(classroom, TIMING.lastCall.min - 5 * SECOND);
    expect(classroom.room.phase).toBe('running');
    goOn(classroom, 10 * SECOND);
    expect(classroom.room.phase).toBe('finished');
  });

  it('[P34] is not hurried by those whose runs have diverged, nor by those who went home', () => {
    const classroom = classOf(6, RACE);
    for (const index of [0, 1, 2]) classroom.losses(index, 0, [1], 1);
    classroom.losses(3, 0, some(WINDOWS));
    for (let k = 0; k < 20; k++) {
      for (const index of [4, 5]) classroom.losses(index, 3 * k, some(3));
      classroom.time.pass(5 * SECOND);
    }
    expect(classroom.room.phase).toBe('running');
    // One of three is half of those two who are still here.
    leave(classroom.room, 'Student 5');
    expect(remove(classroom.room, 0)).toBeNull();
    classroom.time.pass(TIMING.awayGrace + TIMING.lookout);
    expect(classroom.room.phase).toBe('running');
    classroom.losses(4, 60, some(40));
    classroom.time.pass(2 * TIMING.tick);
    expect(classroom.room.phase).toBe('finished');
  });
});
