import { describe, expect, it } from 'vitest';
import { expectSimulated, remove, removeAway } from '../../../server/rooms/conduct.ts';
import { instruct, join, leave, resume, watch } from '../../../server/rooms/entrance.ts';
import { newSecret } from '../../../server/rooms/secrets.ts';
import { MAX_PARTICIPANTS, MAX_SCREENS, MAX_SIMULATED, TIMING } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import { Classroom, INSTRUCTOR_SECRET } from './classroom.ts';

const newcomer = (name: string, simulated: boolean) => ({ name, secret: newSecret(), simulated });

const rejected = (code: string) => expect.objectContaining({ ok: false, code });

describe('who is in a room', () => {
  it('[P8] nicknames are made unique, and free again when their owner is removed', () => {
    const classroom = new Classroom();
    expect(['Ada', 'ada', 'Ada'].map((name) => classroom.join(name).name)).toEqual([
      'Ada',
      'ada 2',
      'Ada 3',
    ]);
    remove(classroom.room, 0);
    expect(classroom.join('Ada')).toMatchObject({ name: 'Ada', index: 3 });
  });

  it('[P6] a place is given back for its secret alone', () => {
    const classroom = new Classroom();
    const ada = classroom.join('Ada');
    const bob = classroom.join('Bob');
    expect(resume(classroom.room, 'x', 1, ada.secret)).toEqual(rejected(REFUSALS.wrongSecret));
    expect(resume(classroom.room, 'x', 7, ada.secret)).toEqual(rejected(REFUSALS.wrongSecret));
    expect(resume(classroom.room, 'x', 1, bob.secret)).toMatchObject({ ok: true, name: 'Bob' });
  });

  it('[P7] a newer connection replaces the older, whose late end changes nothing', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.said = [];
    resume(classroom.room, 'newer', 0, secret);
    expect(classroom.said).toContainEqual({ to: 'Ada', event: 'cutOff', message: 'replaced' });
    leave(classroom.room, 'Ada');
    expect(classroom.status(0)).toBe('ready');
    leave(classroom.room, 'newer');
    expect(classroom.status(0)).toBe('away');
  });

  it('[P9] who is removed is told, stays out, and leaves the run and its ranking', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.join('Bob');
    classroom.run();
    classroom.losses(0, 0, [1]);
    classroom.losses(1, 0, [2]);
    classroom.time.pass(TIMING.tick);
    classroom.said = [];
    expect(remove(classroom.room, 0)).toBeNull();
    expect(classroom.said).toContainEqual({ to: 'Ada', event: 'cutOff', message: 'removed' });
    classroom.time.pass(TIMING.tick);
    expect(classroom.said).toContainEqual({ to: 'students', event: 'gone', message: [0] });
    const heard = classroom.heard('screens');
    expect(heard).toContainEqual({ to: 'screens', event: 'gone', message: [0] });
    expect(Classroom.frames(heard).at(-1)?.standings?.order).toEqual([1]);
    expect(resume(classroom.room, 'x', 0, secret)).toEqual(rejected(REFUSALS.removed));
    expect(resume(classroom.room, 'x', 0, 'wrong')).toEqual(rejected(REFUSALS.wrongSecret));
    expect(remove(classroom.room, 0)).toBe(REFUSALS.badMessage);
    expect(classroom.room.participants().map(({ name }) => name)).toEqual(['Bob']);
  });

  it('[P96] those who are away go together; who is back, was done or was not named stays', () => {
    const classroom = new Classroom();
    const { room } = classroom;
    const people = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve'].map((name) => classroom.join(name));
    classroom.run();
    classroom.losses(2, 0, [1], 1);
    for (const name of ['Ada', 'Bob', 'Cleo', 'Dan']) leave(room, name);
    resume(room, 'back', 1, people[1]!.secret);
    classroom.said = [];
    expect(removeAway(room, [0, 1, 2, 4, 9, 0])).toBe(1);
    expect(room.participants().map(({ name }) => name)).toEqual(['Bob', 'Cleo', 'Dan', 'Eve']);
    expect(room.run?.entry(0)).toBeUndefined();
    classroom.time.pass(TIMING.tick);
    expect(classroom.said).toContainEqual({ to: 'students', event: 'gone', message: [0] });
    expect(classroom.said.some(({ event }) => event === 'cutOff')).toBe(false);
    expect(resume(room, 'x', 0, people[0]!.secret)).toEqual(rejected(REFUSALS.removed));
    expect(removeAway(room, [0, 1])).toBe(0);
  });

  it('[P26] a join repeated with its secret is the same one: also elsewhere, locked or renamed', () => {
    const classroom = new Classroom();
    const { room } = classroom;
    const ada = { name: 'Ada', secret: newSecret(), simulated: false };
    const first = join(room, 'x', ada);
    expect(first).toMatchObject({ ok: true, index: 0, name: 'Ada' });
    expect(join(room, 'x', ada)).toEqual(first);
    room.locked = true;
    const renamed = { ...ada, name: 'Augusta' };
    expect(join(room, 'y', renamed)).toMatchObject({ ok: true, index: 0, name: 'Ada' });
    expect(classroom.said).toContainEqual({ to: 'x', event: 'cutOff', message: 'replaced' });
    expect(room.participants().map(({ name }) => name)).toEqual(['Ada']);
    remove(room, 0);
    expect(join(room, 'y', ada)).toEqual(rejected(REFUSALS.removed));
  });

  it('[P9] a locked room refuses newcomers, not those who return', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.room.locked = true;
    expect(join(classroom.room, 'x', newcomer('Bob', false))).toEqual(
      rejected(REFUSALS.roomLocked),
    );
    expect(resume(classroom.room, 'x', 0, secret).ok).toBe(true);
  });

  it('[P94] is full at its limit; who is removed makes room', () => {
    const classroom = new Classroom();
    for (let k = 0; k < MAX_PARTICIPANTS; k++) classroom.join(`S${k}`);
    const { room } = classroom;
    expect(join(room, 'x', newcomer('Bob', false))).toEqual(rejected(REFUSALS.roomFull));
    remove(room, 5);
    expect(join(room, 'x', newcomer('Bob', false))).toMatchObject({ index: MAX_PARTICIPANTS });
    expect(join(classroom.room, 'x', newcomer('Bob', false))).toEqual(rejected(REFUSALS.roomFull));
    expect(expectSimulated(classroom.room, 1)).toEqual({ refusal: REFUSALS.roomFull });
  });

  it('has a bounded number of screens; each that leaves makes room', () => {
    const { room } = new Classroom();
    expect(instruct(room, 'i', 'wrong')).toEqual(rejected(REFUSALS.wrongSecret));
    for (let k = 0; k < MAX_SCREENS; k++) expect(watch(room, `p${k}`).ok).toBe(true);
    expect(watch(room, 'one too many')).toEqual(rejected(REFUSALS.tooManyScreens));
    expect(watch(room, 'p1').ok).toBe(true);
    leave(room, 'p1');
    expect(watch(room, 'one too many').ok).toBe(true);
  });

  it('[P92] projectors never take an instructor the place, nor instructors a projector', () => {
    const { room } = new Classroom();
    for (let k = 0; k < MAX_SCREENS; k++) watch(room, `p${k}`);
    for (let k = 0; k < MAX_SCREENS; k++) {
      expect(instruct(room, `i${k}`, INSTRUCTOR_SECRET).ok).toBe(true);
    }
    const oneMore = instruct(room, 'one too many', INSTRUCTOR_SECRET);
    expect(oneMore).toEqual(rejected(REFUSALS.tooManyScreens));
    leave(room, 'p1');
    expect(watch(room, 'p').ok).toBe(true);
  });

  it('bounds simulated students, those on their way included', () => {
    const { room } = new Classroom();
    const asked = expectSimulated(room, MAX_SIMULATED);
    expect(expectSimulated(room, 1)).toEqual({ refusal: REFUSALS.tooManySimulated });
    if ('release' in asked) asked.release();
    join(room, 's', newcomer('Sim', true));
    expect(expectSimulated(room, MAX_SIMULATED)).toEqual({ refusal: REFUSALS.tooManySimulated });
    leave(room, 's');
    expect(expectSimulated(room, MAX_SIMULATED)).toHaveProperty('release');
  });

  it('is idle when nobody has been there for long, and not before', () => {
    const classroom = new Classroom();
    classroom.time.pass(TIMING.sessionIdle - 1);
    const { secret } = classroom.join('Ada');
    classroom.time.pass(2 * TIMING.sessionIdle);
    leave(classroom.room, 'Ada');
    classroom.time.pass(TIMING.sessionIdle - 1);
    resume(classroom.room, 'again', 0, secret);
    leave(classroom.room, 'again');
    classroom.time.pass(TIMING.sessionIdle - 1);
    expect(classroom.idle).toBe(0);
    classroom.time.pass(1);
    expect(classroom.idle).toBe(1);
  });
});
