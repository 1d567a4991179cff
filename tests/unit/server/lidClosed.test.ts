import { describe, expect, it } from 'vitest';
import { instruct, leave } from '../../../server/rooms/entrance.ts';
import { TIMING } from '../../../shared/limits.ts';
import { Classroom, INSTRUCTOR_SECRET } from './classroom.ts';

const MINUTE = 60_000;
const LAPTOP = 'laptop';

function classroomWithTeacher(): Classroom {
  const classroom = new Classroom();
  expect(instruct(classroom.room, LAPTOP, INSTRUCTOR_SECRET).ok).toBe(true);
  classroom.join('Ada');
  return classroom;
}

describe("the instructor's laptop, its lid closed for a minute", () => {
  it('in the lobby: the room, its students and its plan are there, and others have joined', () => {
    const classroom = classroomWithTeacher();
    classroom.prepare();
    leave(classroom.room, LAPTOP);
    classroom.time.pass(MINUTE / 2);
    classroom.join('Bob');
    classroom.time.pass(MINUTE / 2);
    expect(instruct(classroom.room, LAPTOP, INSTRUCTOR_SECRET)).toMatchObject({
      ok: true,
      session: { phase: 'lobby', run: { number: 1 } },
      participants: [{ name: 'Ada' }, { name: 'Bob' }],
    });
    classroom.command('start');
  });

  it('in mid-run: the class trains to the end without it', () => {
    const classroom = classroomWithTeacher();
    classroom.run();
    leave(classroom.room, LAPTOP);
    for (let k = 0; k < 10; k++) {
      classroom.time.pass(MINUTE / 10);
      classroom.losses(0, k, [9 - k]);
    }
    classroom.time.pass(TIMING.tick);
    expect(instruct(classroom.room, LAPTOP, INSTRUCTOR_SECRET)).toMatchObject({
      ok: true,
      session: { phase: 'finished' },
      participants: [{ name: 'Ada', status: { state: 'done' } }],
    });
    expect(classroom.idle).toBe(0);
  });
});
