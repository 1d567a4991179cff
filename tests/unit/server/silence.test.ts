import { describe, expect, it } from 'vitest';
import { resume } from '../../../server/rooms/entrance.ts';
import { TIMING } from '../../../shared/limits.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom, PLAN } from './classroom.ts';

const RACE: Partial<RunPlan> = { pace: { kind: 'race' } };
/** After this, whoever has owed something from the start is silent. */
const LONG = TIMING.silence + 2 * TIMING.lookout;

/** Ada and Bob with a run of 100 windows under way. */
function pair(plan: Partial<RunPlan> = {}) {
  const classroom = new Classroom();
  const ada = classroom.join('Ada');
  const bob = classroom.join('Bob');
  classroom.run({ settings: { ...PLAN.settings, steps: 100 }, ...plan });
  return { classroom, ada, bob };
}

const values = (count: number) => Array.from({ length: count }, (_, k) => 100 - k);

function standings(classroom: Classroom) {
  return Classroom.frames(classroom.heard()).findLast((frame) => frame.standings)?.standings;
}

describe('a student who is connected and sends nothing', () => {
  it('[P31] holds up the standings of a pace for a while only, and is named', () => {
    const { classroom } = pair();
    classroom.time.pass(TIMING.silence / 2);
    classroom.losses(0, 0, values(50));
    classroom.time.pass(TIMING.silence / 2 - TIMING.tick);
    expect(classroom.status(1)).toBe('behind');
    expect(standings(classroom)).toMatchObject({ arrived: 0 });
    classroom.losses(0, 50, [3]);
    classroom.time.pass(3 * TIMING.lookout);
    const told = classroom.said.findLast(({ event }) => event === 'roster')?.message;
    expect(told).toMatchObject([{ index: 1, status: { state: 'silent' } }]);
    expect(standings(classroom)).toEqual({ arrived: 51, order: [0, 1] });
  });

  it('[P31] in a race owes what the others have, and nothing while nobody moves', () => {
    const { classroom } = pair(RACE);
    classroom.time.pass(10 * LONG);
    expect([0, 1].map((index) => classroom.status(index))).toEqual(['training', 'training']);
    classroom.losses(0, 0, values(5));
    classroom.time.pass(LONG);
    expect([0, 1].map((index) => classroom.status(index))).toEqual(['training', 'silent']);
    expect(standings(classroom)).toEqual({ arrived: 5, order: [0, 1] });
  });

  it('[P31] owes nothing in a race that is paused', () => {
    const { classroom } = pair(RACE);
    classroom.losses(0, 0, values(5));
    classroom.command('pause');
    classroom.time.pass(10 * LONG);
    expect(classroom.status(1)).toBe('training');
  });

  it('[P31] is noticed while the class steps by hand', () => {
    const { classroom } = pair();
    classroom.command('pause');
    for (let k = 0; k < LONG / 1_000; k++) {
      classroom.command('step');
      classroom.losses(0, 0, values(2 + k));
      classroom.time.pass(1_000);
    }
    expect(classroom.status(1)).toBe('silent');
    expect(classroom.status(0)).toBe('training');
  });

  it('[P31] does not hold up the end of the run', () => {
    const { classroom } = pair(RACE);
    classroom.losses(0, 0, values(100));
    classroom.time.pass(TIMING.silence);
    expect(classroom.room.phase).toBe('running');
    classroom.time.pass(2 * TIMING.lookout);
    expect(classroom.room.phase).toBe('finished');
    expect(classroom.status(1)).toBe('silent');
    classroom.losses(1, 0, values(100));
    expect(classroom.status(1)).toBe('done');
  });

  it('[P31] is waited for again when it moves: at the end of the run, and in the standings once level', () => {
    const { classroom } = pair(RACE);
    classroom.losses(0, 0, values(99));
    classroom.time.pass(LONG);
    classroom.losses(1, 0, [1]);
    expect(classroom.status(1)).toBe('behind');
    classroom.losses(0, 99, [0.5]);
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('running');
    expect(standings(classroom)).toEqual({ arrived: 100, order: [0, 1] });
    classroom.losses(1, 1, values(99));
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('finished');
  });

  it('[P31] that moves now and then is slow, not silent', () => {
    const { classroom } = pair(RACE);
    classroom.losses(0, 0, values(100));
    for (let k = 0; k < 3; k++) {
      classroom.time.pass(TIMING.silence - TIMING.lookout);
      classroom.losses(1, k, [50 - k]);
    }
    expect(classroom.status(1)).toBe('behind');
    expect(classroom.room.phase).toBe('running');
    classroom.time.pass(TIMING.tick);
    expect(standings(classroom)).toMatchObject({ arrived: 3 });
  });

  it('[P31] is waited for anew on another connection', () => {
    const { classroom, bob } = pair(RACE);
    classroom.losses(0, 0, values(5));
    classroom.time.pass(LONG);
    expect(classroom.status(1)).toBe('silent');
    resume(classroom.room, 'Bob again', 1, bob.secret);
    expect(classroom.status(1)).toBe('behind');
  });
});
