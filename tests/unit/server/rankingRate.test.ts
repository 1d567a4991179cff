import { expect, it } from 'vitest';
import { shareOf } from '../../../shared/live/share.ts';
import { STUDENT_FEED, TIMING } from '../../../shared/limits.ts';
import { Classroom, PLAN } from './classroom.ts';

/** Standings that the screens are told while a class of this size reports a window with every tick. */
function told(students: number, ticks: number): { count: number; classroom: Classroom } {
  const classroom = new Classroom();
  for (let s = 0; s < students; s++) classroom.join(`Student ${s}`);
  classroom.run({ settings: { ...PLAN.settings, steps: 100 }, pace: { kind: 'race' } });
  classroom.time.pass(1_000);
  classroom.said = [];
  for (let k = 0; k < ticks; k++) {
    // The order turns round with every window.
    for (let s = 0; s < students; s++) classroom.losses(s, k, [k % 2 ? s + 1 : students - s]);
    classroom.time.pass(TIMING.tick);
  }
  return { count: standings(classroom).length, classroom };
}

function standings(classroom: Classroom) {
  return Classroom.frames(classroom.heard('screens')).flatMap((frame) => frame.standings ?? []);
}

it('[P25] a lesson’s class is ranked with every frame, a large one as often as its students are told', () => {
  const ticks = 20;
  expect(told(STUDENT_FEED.wholeClass, ticks).count).toBe(ticks);
  const students = 100;
  const { count, classroom } = told(students, ticks);
  const often = Math.ceil((ticks * TIMING.tick) / shareOf(students).tick);
  expect(count).toBeGreaterThanOrEqual(often - 1);
  expect(count).toBeLessThanOrEqual(often + 1);
  // What was not due with the last points comes by itself.
  classroom.losses(0, ticks, [1]);
  for (let s = 1; s < students; s++) classroom.losses(s, ticks, [0.5]);
  classroom.time.pass(shareOf(students).tick);
  expect(classroom.room.run!.standings).toMatchObject({ arrived: ticks + 1 });
  expect(standings(classroom).at(-1)).toEqual(classroom.room.run!.standings);
});

it('[P21] [P25] the end of a large class is told after its last standings', () => {
  const { classroom } = told(100, 98);
  for (let s = 0; s < 100; s++) classroom.losses(s, 98, [2]);
  classroom.time.pass(TIMING.tick);
  for (let s = 0; s < 100; s++) classroom.losses(s, 99, [s + 1]);
  classroom.said = [];
  classroom.time.pass(TIMING.tick);
  expect(classroom.room.phase).toBe('finished');
  const said = classroom.said.filter(({ to }) => to === 'screens');
  const end = said.findIndex(({ event }) => event === 'session');
  const before = Classroom.frames(said.slice(0, end)).findLast((frame) => frame.standings);
  expect(before?.standings).toMatchObject({ arrived: 100 });
});
