import { expect, it } from 'vitest';
import { remove } from '../../../server/rooms/conduct.ts';
import { leave, resume } from '../../../server/rooms/entrance.ts';
import { TIMING } from '../../../shared/limits.ts';
import { Classroom } from './classroom.ts';

/** The same session in another process that has the same store. */
async function restarted(classroom: Classroom, downtime = 0): Promise<Classroom> {
  const { time, store } = classroom;
  await classroom.room.close();
  time.pass(downtime);
  const stored = await store.load(classroom.room.code);
  return new Classroom({ time, store, stored: stored ?? undefined });
}

it('session, roster, runs and columns come back from the store', async () => {
  const before = new Classroom();
  const ada = before.join('Ada');
  for (const name of ['Bob', 'Zoe', 'Tom']) before.join(name);
  before.run();
  before.losses(0, 0, [9, 8]);
  before.command('stop');
  before.command('next');
  before.command('start');
  before.time.pass(TIMING.countdown);
  before.losses(0, 0, [3, 2, 1]);
  before.losses(1, 0, [5, 99], 2);
  before.losses(2, 0, [4, 4]);
  before.time.pass(TIMING.tick);
  remove(before.room, 3);
  before.time.pass(TIMING.tick);

  const after = await restarted(before);
  expect(after.room.view()).toEqual(before.room.view());
  expect(after.rates()).toEqual(before.rates());
  expect([0, 1, 2].map((index) => after.status(index))).toEqual(['away', 'diverged', 'away']);
  expect(after.room.run?.standings).toEqual({ arrived: 2, order: [0, 2, 1] });
  expect(after.room.history.map((run) => [...run.entry(0)!.losses.slice(0)])).toEqual([[9, 8]]);

  const back = resume(after.room, 'Ada', 0, ada.secret);
  expect(back).toMatchObject({ ok: true, held: { losses: 3, evaluations: 0 } });
  expect(after.losses(0, 3, [0.5])).toEqual({ ok: true, held: 4 });
  expect(after.join('Eve').index).toBe(4);
});

it('what was stored once is not stored again, what comes after is', async () => {
  const first = new Classroom();
  const { secret } = first.join('Ada');
  first.run();
  first.losses(0, 0, [9, 8]);
  const second = await restarted(first);
  resume(second.room, 'Ada', 0, secret);
  second.losses(0, 2, [7]);
  const third = await restarted(second);
  expect([...third.room.run!.entry(0)!.losses.slice(0)]).toEqual([9, 8, 7]);
});

it('a countdown goes on, and is over where its time has passed', async () => {
  const before = new Classroom();
  before.join('Ada');
  before.prepare();
  before.command('start');
  const soon = await restarted(before, 1_000);
  expect(soon.room.phase).toBe('countdown');
  soon.time.pass(2_000);
  expect(soon.room.phase).toBe('running');

  const other = new Classroom();
  other.join('Ada');
  other.prepare();
  other.command('start');
  const late = await restarted(other, 60_000);
  late.time.pass(0);
  expect(late.room.phase).toBe('running');
});

it('a run that nobody comes back to does not wait for them, once somebody has ended', async () => {
  const before = new Classroom();
  before.join('Ada');
  before.join('Bob');
  before.run();
  before.losses(0, 0, [9, 99], 2);
  before.time.pass(TIMING.tick);
  const after = await restarted(before, 1_000);
  expect(after.room.phase).toBe('running');
  after.time.pass(TIMING.awayGrace + TIMING.tick);
  expect(after.room.phase).toBe('finished');
});

it('[P25] the standings do not move back, though those who were given up are waited for again', async () => {
  const before = new Classroom();
  before.join('Ada');
  before.join('Bob');
  before.run();
  before.losses(0, 0, [3, 2, 1]);
  before.losses(1, 0, [9]);
  leave(before.room, 'Bob');
  before.time.pass(TIMING.awayGrace + TIMING.tick);
  expect(before.room.run?.standings.arrived).toBe(3);
  const after = await restarted(before);
  expect(after.room.run?.standings).toEqual({ arrived: 3, order: [0, 1] });
});

it('closed, a room says nothing more', async () => {
  const classroom = new Classroom();
  classroom.join('Ada');
  classroom.prepare();
  classroom.command('start');
  await classroom.room.close();
  classroom.said = [];
  classroom.time.pass(10 * TIMING.sessionIdle);
  expect(classroom.said).toEqual([]);
  expect(classroom.room.phase).toBe('countdown');
});
