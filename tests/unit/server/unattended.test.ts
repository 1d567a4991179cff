import { describe, expect, it } from 'vitest';
import { instruct, leave, watch } from '../../../server/rooms/entrance.ts';
import { TIMING } from '../../../shared/limits.ts';
import { Classroom, INSTRUCTOR_SECRET } from './classroom.ts';

/** A class with one instructor, at peer `desk`. */
function attended(): Classroom {
  const classroom = new Classroom();
  expect(instruct(classroom.room, 'desk', INSTRUCTOR_SECRET).ok).toBe(true);
  classroom.join('Ada');
  classroom.said = [];
  return classroom;
}

const told = (classroom: Classroom, audience = 'students') =>
  Classroom.views(classroom.heard(audience)).map(({ unattended }) => unattended);

describe('[P35] a class without an instructor', () => {
  it('is told after a while, students and projectors, and at once when one is back', () => {
    for (const audience of ['students', 'screens']) {
      const classroom = attended();
      leave(classroom.room, 'desk');
      classroom.time.pass(TIMING.unattended - 1);
      expect(told(classroom, audience)).toEqual([]);
      classroom.time.pass(1);
      expect(told(classroom, audience)).toEqual([true]);
      expect(classroom.join('Alan').session.unattended).toBe(true);
      classroom.said = [];
      expect(instruct(classroom.room, 'desk', INSTRUCTOR_SECRET)).toMatchObject({
        session: { unattended: false },
      });
      expect(told(classroom, audience)).toEqual([false]);
    }
  });

  it('hears nothing where the instructor merely reloads, however often', () => {
    const classroom = attended();
    for (let k = 0; k < 5; k++) {
      leave(classroom.room, `desk${k === 0 ? '' : k}`);
      classroom.time.pass(TIMING.unattended - 1);
      expect(instruct(classroom.room, `desk${k + 1}`, INSTRUCTOR_SECRET).ok).toBe(true);
    }
    classroom.time.pass(10 * TIMING.unattended);
    expect(told(classroom)).toEqual([]);
  });

  it('is one that no page instructs: a projector does not, another instructor does', () => {
    const classroom = attended();
    expect(watch(classroom.room, 'wall').ok).toBe(true);
    expect(instruct(classroom.room, 'phone', INSTRUCTOR_SECRET).ok).toBe(true);
    leave(classroom.room, 'desk');
    classroom.time.pass(2 * TIMING.unattended);
    expect(told(classroom)).toEqual([]);
    leave(classroom.room, 'phone');
    classroom.time.pass(TIMING.unattended);
    expect(told(classroom)).toEqual([true]);
  });

  it('goes on all the same: the run comes to its end', () => {
    const classroom = attended();
    classroom.run();
    leave(classroom.room, 'desk');
    classroom.time.pass(TIMING.unattended);
    expect(classroom.room.phase).toBe('running');
    classroom.losses(0, 0, new Array<number>(10).fill(0.5));
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.view()).toMatchObject({ phase: 'finished', unattended: true });
  });

  it('is told anew after a restart of the server, counted from there', async () => {
    const classroom = attended();
    await classroom.room.journal.flush();
    const stored = (await classroom.store.load('ACDEFG')) ?? undefined;
    const after = new Classroom({ store: classroom.store, stored });
    expect(after.room.view().unattended).toBe(false);
    after.time.pass(TIMING.unattended);
    expect(told(after)).toEqual([true]);
  });
});
