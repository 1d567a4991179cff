import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { instruct, join, leave, resume } from '../../../server/rooms/entrance.ts';
import { UNWATCHED } from '../../../server/rooms/meter.ts';
import type { Outlet } from '../../../server/rooms/outlet.ts';
import { keepFor } from '../../../server/rooms/retention.ts';
import type { Room } from '../../../server/rooms/room.ts';
import { Rooms } from '../../../server/rooms/rooms.ts';
import { MemoryStore } from '../../../server/store/memory.ts';
import { StoreError } from '../../../server/store/store.ts';
import { MAX_STORED_SESSIONS, TIMING } from '../../../shared/limits.ts';
import { FakeTime } from './fakeTime.ts';
import { FakeVerifier } from './fakeVerifier.ts';

const DAY = 24 * 60 * 60 * 1_000;
const ADA = { name: 'Ada', secret: 'a'.repeat(22), simulated: false };
const SILENT = pino({ level: 'silent' });

/** The sessions of a server on fake time, over a store that can be made to fail. */
function server(store = new MemoryStore(), time = new FakeTime(), log = SILENT) {
  const said: string[] = [];
  const outlet: Outlet = {
    send: () => {},
    broadcast: (audience, event, ...[message]) => {
      if (event === 'session' && audience === 'screens') {
        said.push(JSON.stringify((message as { unsavedSince: number | null }).unsavedSince));
      }
    },
    cutOff: () => {},
    end: (farewell) => said.push(farewell),
  };
  const disk = { fails: false };
  const write = store.write.bind(store);
  const remove = store.remove.bind(store);
  const check = () => {
    if (disk.fails) throw new StoreError('unavailable', 'disk full');
  };
  const faulty = Object.assign(store, {
    async write(...change: Parameters<typeof write>) {
      check();
      await write(...change);
    },
    async remove(code: string) {
      check();
      await remove(code);
    },
  });
  const context = { time, store: faulty, log, meter: UNWATCHED, verifier: new FakeVerifier() };
  const rooms = new Rooms({ ...context, outletFor: () => outlet, joinUrl: () => '' });
  return { rooms, store, time, said, disk };
}

async function opened(rooms: Rooms): Promise<{ room: Room; secret: string }> {
  const created = await rooms.create();
  if ('refusal' in created) throw new Error(created.refusal);
  return { room: rooms.find(created.code)!, secret: created.secret };
}

async function back(rooms: Rooms, code: string): Promise<Room> {
  const room = await rooms.open(code);
  if ('refusal' in room) throw new Error(room.refusal);
  return room;
}

describe('[P44] a session that nobody uses', () => {
  it('leaves the memory, and is back with everybody when somebody returns, once for all', async () => {
    const { rooms, time } = server();
    const { room, secret } = await opened(rooms);
    expect(join(room, 'Ada', ADA)).toMatchObject({ ok: true, index: 0 });
    leave(room, 'Ada');
    time.pass(TIMING.sessionIdle);
    await expect.poll(() => rooms.codes).toEqual([]);

    const [one, two] = await Promise.all([back(rooms, room.code), back(rooms, room.code)]);
    expect(one).toBe(two);
    expect(one).not.toBe(room);
    expect(instruct(one, 'i', secret)).toMatchObject({ participants: [{ name: 'Ada' }] });
    expect(resume(one, 'Ada', 0, ADA.secret)).toMatchObject({ ok: true });
    time.pass(10 * TIMING.sessionIdle);
    expect(rooms.codes).toEqual([room.code]);
  });

  it('stays in memory as long as it cannot be stored', async () => {
    const { rooms, time, disk } = server();
    const { room } = await opened(rooms);
    disk.fails = true;
    join(room, 'Ada', ADA);
    leave(room, 'Ada');
    time.pass(TIMING.sessionIdle);
    await room.journal.flush();
    expect(rooms.codes).toEqual([room.code]);
    disk.fails = false;
    await expect.poll(() => (time.pass(TIMING.sessionIdle), rooms.codes)).toEqual([]);
    expect((await back(rooms, room.code)).participants()).toMatchObject([{ name: 'Ada' }]);
  });

  it('is deleted when its days are over, counted from its last use; one in use is not', async () => {
    const { rooms, store, time } = server();
    const { room: old } = await opened(rooms);
    const { room: used } = await opened(rooms);
    const { room: busy } = await opened(rooms);
    join(busy, 'Ada', ADA);
    const end = keepFor(30, { rooms, time, log: SILENT });
    time.pass(TIMING.sessionIdle);
    await expect.poll(() => rooms.codes).toEqual([busy.code]);

    time.pass(29 * DAY);
    join(await back(rooms, used.code), 'Ada', ADA);
    leave(rooms.find(used.code)!, 'Ada');
    await rooms.find(used.code)!.journal.flush();
    time.pass(1 * DAY + TIMING.retentionSweep);
    await expect.poll(() => store.load(old.code)).toBeNull();
    expect(await store.load(used.code)).not.toBeNull();
    expect(rooms.codes).toContain(busy.code);
    expect(await rooms.open(old.code)).toEqual({ refusal: 'unknown_code' });

    leave(busy, 'Ada');
    time.pass(32 * DAY);
    await expect.poll(() => store.count()).toBe(0);
    end();
  });

  it('[P98] of files set aside as damaged those go that are old, which the log says', async () => {
    const asked: number[] = [];
    const store = Object.assign(new MemoryStore(), {
      unusedSince: () => Promise.reject(new StoreError('unavailable', 'no disk')),
      forgetDamaged: async (before: number) => {
        asked.push(before);
        return asked.length === 2
          ? { deleted: ['old.sqlite'], left: ['held.sqlite'] }
          : { deleted: [], left: [] };
      },
    });
    const said: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void said.push(line) });
    const { rooms, time } = server(store, new FakeTime(), log);
    const began = time.now();
    const end = keepFor(30, { rooms, time, log: SILENT });
    time.pass(TIMING.firstSweep + TIMING.retentionSweep);
    const first = began + TIMING.firstSweep - 30 * DAY;
    expect(asked).toEqual([first, first + TIMING.retentionSweep]);
    await expect.poll(() => said.join('')).toContain('old.sqlite');
    expect(said.find((line) => line.includes('held.sqlite'))).toContain('cannot be deleted');
    expect(said).toHaveLength(2);
    end();
  });

  it('leaves no room for another when too many are stored', async () => {
    const store = Object.assign(new MemoryStore(), { count: async () => MAX_STORED_SESSIONS });
    expect(await server(store).rooms.create()).toEqual({ refusal: 'too_many_sessions' });
  });
});

describe('[P45] a session that its instructor deletes', () => {
  it('is gone from memory and store, and everybody hears farewell', async () => {
    const { rooms, store, time, said } = server();
    const { room } = await opened(rooms);
    join(room, 'Ada', ADA);
    await rooms.end(room.code);
    time.pass(0);
    expect(said).toEqual(['session_ended']);
    // What a page still sends to it is written nowhere.
    leave(room, 'Ada');
    room.journal.note({ participants: [0] });
    time.pass(TIMING.sessionIdle);
    await room.journal.flush();
    expect(await store.count()).toBe(0);
    expect(await rooms.open(room.code)).toEqual({ refusal: 'unknown_code' });
  });

  it('is still there, and stored on, where the store fails', async () => {
    const { rooms, store, time, said, disk } = server();
    const { room } = await opened(rooms);
    disk.fails = true;
    await expect(rooms.end(room.code)).rejects.toThrow('disk full');
    expect(rooms.find(room.code)).toBe(room);
    join(room, 'Ada', ADA);
    disk.fails = false;
    await expect.poll(() => (time.pass(TIMING.storeRetry), room.journal.failingSince)).toBeNull();
    await room.journal.flush();
    expect(await store.load(room.code)).toMatchObject({ participants: [{ name: 'Ada' }] });
    expect(said).not.toContain('session_ended');
  });
});

it('[P46] the pages hear when nothing can be stored any more, and when it can again', async () => {
  const { rooms, time, said, disk } = server();
  const { room, secret } = await opened(rooms);
  expect(instruct(room, 'i', secret)).toMatchObject({ session: { unsavedSince: null } });
  disk.fails = true;
  join(room, 'Ada', ADA);
  await expect.poll(() => said.at(-1)).toBe(String(time.now()));
  const since = time.now();
  time.pass(TIMING.storeRetry);
  await room.journal.flush();
  expect(instruct(room, 'j', secret)).toMatchObject({ session: { unsavedSince: since } });
  disk.fails = false;
  await expect.poll(() => (time.pass(TIMING.storeRetry), said.at(-1))).toBe('null');
  expect(said.filter((each) => each === String(since))).toHaveLength(1);
});
