import { describe, expect, it } from 'vitest';
import { resume } from '../../../server/rooms/entrance.ts';
import { BEHIND, TIMING } from '../../../shared/limits.ts';
import type { ParticipantView, RunPlan, Status } from '../../../shared/protocol/views.ts';
import { Classroom, PLAN } from './classroom.ts';

/** Steps a second, each of them a window. */
const PACE = 10;
const TOLERATED = (BEHIND.ms * PACE) / 1_000;

/** Ada and Bob with a run of 1,000 windows under way. */
function pair(plan: Partial<RunPlan> = {}) {
  const classroom = new Classroom();
  const students = [classroom.join('Ada'), classroom.join('Bob')];
  const settings = { ...PLAN.settings, steps: 1_000 };
  classroom.run({ settings, pace: { kind: 'paced', stepsPerSecond: PACE }, ...plan });
  return { classroom, bob: students[1]! };
}

/** Lets seconds pass; each student brings every second what it computes in one. */
function pass(classroom: Classroom, seconds: number, windows: number[]): void {
  for (let k = 0; k < seconds; k++) {
    classroom.time.pass(1_000);
    windows.forEach((count, index) => {
      const held = classroom.room.run!.held(index).losses;
      classroom.losses(index, held, new Array<number>(count).fill(1));
    });
  }
}

function statusOf(classroom: Classroom, index: number): Status {
  return classroom.room.participants()[index]!.status;
}

function standing(classroom: Classroom, index: number) {
  const { order } = classroom.room.run!.standings;
  return { last: order.at(-1) === index, state: statusOf(classroom, index).state };
}

/** Steps behind, as the pages were told them of one student; null for level. */
function told(classroom: Classroom, index: number): (number | null)[] {
  return classroom.said
    .filter(({ to, event }) => to === 'screens' && event === 'roster')
    .flatMap(({ message }) => message as ParticipantView[])
    .filter((participant) => participant.index === index)
    .map(({ status }) => (status.state === 'behind' ? status.steps : null));
}

describe('a student who does not keep pace', () => {
  it('[P32] is behind, by so many steps; who brings its windows a second late is not', () => {
    const { classroom } = pair();
    pass(classroom, 30, [PACE, 6]);
    // After 30 s a window a step: 300 of the clock, 180 of Bob's.
    const bob = statusOf(classroom, 1);
    if (bob.state !== 'behind') throw new Error(bob.state);
    expect(bob.steps).toBeGreaterThan(120 / BEHIND.toldAnew);
    expect(bob.steps).toBeLessThan(120 * BEHIND.toldAnew + PACE);
    expect(told(classroom, 0).every((steps) => steps === null)).toBe(true);
    expect(statusOf(classroom, 0)).toEqual({ state: 'training' });
  });

  it('[P32] is not behind for a hiccup that is over in time', () => {
    const { classroom } = pair();
    pass(classroom, 10, [PACE, PACE]);
    pass(classroom, 3, [PACE, 0]);
    pass(classroom, 1, [PACE, 4 * PACE]);
    pass(classroom, 10, [PACE, PACE]);
    expect(told(classroom, 1).filter((steps) => steps !== null)).toEqual([]);
  });

  it('[P32] is told of anew only when that has changed by a quarter', () => {
    const { classroom } = pair();
    classroom.said = [];
    pass(classroom, 90, [PACE, 1]);
    const steps = told(classroom, 1).filter((each) => each !== null);
    expect(steps.length).toBeGreaterThan(3);
    const most = Math.log(900 / TOLERATED) / Math.log(BEHIND.toldAnew);
    expect(steps.length).toBeLessThanOrEqual(Math.ceil(most) + 1);
    steps.slice(1).forEach((each, k) => {
      expect(each / steps[k]!).toBeGreaterThanOrEqual(BEHIND.toldAnew);
      expect(each).toBe(Number(each.toPrecision(2)));
    });
  });

  it('[P32] is waited for for a while, and again when it is level', () => {
    const { classroom } = pair();
    const arrived = () => classroom.room.run!.standings.arrived;
    pass(classroom, TIMING.patience / 1_000, [PACE, 5]);
    const before = arrived();
    expect(before).toBeLessThanOrEqual(150);
    pass(classroom, 10, [PACE, 5]);
    expect(arrived()).toBeGreaterThanOrEqual(390);
    expect(standing(classroom, 1)).toEqual({ last: true, state: 'behind' });
    pass(classroom, 1, [PACE, 215]);
    pass(classroom, 2, [PACE, PACE]);
    expect(statusOf(classroom, 1)).toEqual({ state: 'training' });
    // Level, and on its way: the standings wait for it again.
    pass(classroom, 1, [PACE, 0]);
    classroom.time.pass(TIMING.tick);
    expect(arrived()).toBe(classroom.room.run!.held(1).losses);
  });

  it('[P32] is waited for, and level as soon as it has caught up', () => {
    const { classroom } = pair();
    pass(classroom, 20, [PACE, 5]);
    const arrived = () => classroom.room.run!.standings.arrived;
    expect(arrived()).toBeGreaterThan(90);
    expect(arrived()).toBeLessThanOrEqual(100);
    classroom.losses(1, 100, new Array<number>(100).fill(1));
    classroom.time.pass(TIMING.lookout + TIMING.tick);
    expect(statusOf(classroom, 1)).toEqual({ state: 'training' });
    expect(told(classroom, 1).at(-1)).toBeNull();
  });

  it('[P32] is behind where it returns, or joins late, and takes a while to catch up', () => {
    const { classroom, bob } = pair();
    pass(classroom, 60, [PACE]);
    resume(classroom.room, 'Bob again', 1, bob.secret);
    classroom.join('Late');
    pass(classroom, 4, [PACE, 2 * PACE, 2 * PACE]);
    for (const index of [1, 2]) expect(statusOf(classroom, index).state).toBe('behind');
    pass(classroom, 1, [PACE, 560, 560]);
    pass(classroom, 2, [PACE, PACE, PACE]);
    for (const index of [1, 2]) expect(statusOf(classroom, index)).toEqual({ state: 'training' });
  });

  it('[P32] may lack two windows of a run whose windows are long', () => {
    // 100 steps a window, 2 s each: twice what a shorter window would be tolerated.
    const { classroom } = pair({
      settings: { ...PLAN.settings, steps: 100_000 },
      pace: { kind: 'paced', stepsPerSecond: 50 },
    });
    for (let k = 1; k <= 6; k++) {
      classroom.time.pass(2_000);
      classroom.losses(0, k - 1, [1]);
      if (k > 2) classroom.losses(1, k - 3, [1]);
      expect(statusOf(classroom, 1).state, `after ${k} windows`).not.toBe('behind');
    }
    classroom.time.pass(5_000);
    classroom.losses(0, 6, [1]);
    expect(statusOf(classroom, 1)).toEqual({ state: 'behind', steps: 400 });
  });

  it('[P32] in a race is behind with less than a tenth of what half of the class has', () => {
    const { classroom } = pair({ pace: { kind: 'race' } });
    pass(classroom, 10, [10 * BEHIND.times, 10]);
    expect(statusOf(classroom, 1)).toEqual({ state: 'training' });
    const slower = pair({ pace: { kind: 'race' } }).classroom;
    pass(slower, 10, [10 * BEHIND.times, 9]);
    expect(statusOf(slower, 1)).toMatchObject({ state: 'behind' });
    slower.command('pause');
    slower.time.pass(TIMING.lookout);
    expect(statusOf(slower, 1)).toEqual({ state: 'training' });
  });

  it('[P32] is not behind after the run', () => {
    const { classroom } = pair();
    pass(classroom, 20, [PACE, 2]);
    expect(statusOf(classroom, 1).state).toBe('behind');
    classroom.command('stop');
    expect(statusOf(classroom, 1)).toEqual({ state: 'training' });
    expect(told(classroom, 1).at(-1)).toBeNull();
  });
});
