import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Journal } from '../../../server/rooms/journal.ts';
import { Run } from '../../../server/rooms/run.ts';
import { MemoryStore } from '../../../server/store/memory.ts';
import { StoreError, type Change, type StoreFault } from '../../../server/store/store.ts';
import { TIMING } from '../../../shared/limits.ts';
import { PLAN } from './classroom.ts';
import { FakeTime } from './fakeTime.ts';

const SESSION = {
  instructorHash: 'aa',
  createdAt: 0,
  usedAt: 0,
  locked: false,
  pseudonyms: null,
  wall: null,
  draft: null,
  phase: 'lobby' as const,
};

function participant(index: number) {
  return { index, name: `S${index}`, secretHash: '', simulated: false, removed: false };
}

/** The journal of a room with one run, over a store whose writes end when, and as, the test says. */
function heldStore() {
  const writes: { change: Change; end: () => void; fail: (code: StoreFault) => void }[] = [];
  const store = Object.assign(new MemoryStore(), {
    write: (_code: string, change: Change) =>
      new Promise<void>((resolve, reject) => {
        writes.push({
          change: structuredClone(change),
          end: resolve,
          fail: (code) => reject(new StoreError(code, 'no')),
        });
      }),
  });
  const time = new FakeTime();
  const run = new Run(1, PLAN);
  run.enter(0, 0.1);
  const turns: (number | null)[] = [];
  const journal: Journal = new Journal(
    { code: 'AAAAAA', store, time, log: pino({ level: 'silent' }) },
    {
      session: () => SESSION,
      participant,
      run: (number) => (number === 1 ? run : undefined),
      all: () => ({ participants: [0, 1], runs: [1] }),
    },
    () => turns.push(journal.failingSince),
  );
  const grow = (...losses: number[]) => {
    const { losses: column } = run.entry(0)!;
    column.append(column.length, losses);
    journal.grew(1, 0);
  };
  /** Resolves with the `count`-th write, once it has begun. */
  const write = async (count: number) => {
    await expect.poll(() => writes.length, { interval: 1 }).toBe(count);
    return writes[count - 1]!;
  };
  return { writes, write, journal, time, turns, grow };
}

function points({ series = [] }: Change): { from: number; values: number[] }[] {
  return series.map(({ losses }) => ({ from: losses.from, values: [...losses.values] }));
}

it('what is noted together is written together; what comes during a write is in the next', async () => {
  const { writes, write, journal } = heldStore();
  for (const index of [0, 1]) journal.note({ participants: [index] });
  const first = await write(1);
  expect(first.change.participants?.map(({ index }) => index)).toEqual([0, 1]);
  for (const index of [2, 3, 2]) journal.note({ participants: [index] });
  const settled = journal.settled();
  first.end();
  const second = await write(2);
  expect(second.change.participants?.map(({ index }) => index)).toEqual([2, 3]);
  second.end();
  await settled;
  expect(writes).toHaveLength(2);
});

it('loss points wait for a second and are written once, from where the store has them', async () => {
  const { writes, write, journal, time, grow } = heldStore();
  grow(9, 8);
  time.pass(TIMING.store - 1);
  grow(7);
  await Promise.resolve();
  expect(writes).toHaveLength(0);
  time.pass(1);
  const first = await write(1);
  expect(points(first.change)).toEqual([{ from: 0, values: [9, 8, 7] }]);
  grow(6);
  first.end();
  await journal.settled();
  await expect.poll(() => (time.pass(TIMING.store), writes.length)).toBe(2);
  expect(points(writes[1]!.change)).toEqual([{ from: 3, values: [6] }]);
});

it('loss points wait for their second whatever is written meanwhile, and no longer', async () => {
  const { writes, journal, time, grow } = heldStore();
  /** Lets all that is under way end. */
  const settle = async () => {
    let isSettled = false;
    void journal.settled().then(() => (isSettled = true));
    while (!isSettled) {
      for (const { end } of writes) end();
      await Promise.resolve();
    }
  };
  // A hand that drags a zoom: five messages a second, while the class reports.
  for (let k = 0; k < 10; k++) {
    grow(10 - k);
    journal.note({ participants: [k] });
    await settle();
    time.pass(TIMING.store / 5);
    await settle();
  }
  const participants = writes.flatMap(({ change }) => change.participants ?? []);
  expect(participants.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const withPoints = writes.filter(({ change }) => points(change).length > 0);
  expect(withPoints.map(({ change }) => points(change))).toEqual([
    [{ from: 0, values: [10, 9, 8, 7, 6] }],
    [{ from: 5, values: [5, 4, 3, 2, 1] }],
  ]);
  // How far the standings have come is with the points.
  expect(writes.filter(({ change }) => change.runs?.length)).toEqual(withPoints);
});

it('what could wait and went with something urgent is not written again', async () => {
  const { writes, write, journal, time } = heldStore();
  journal.noteLater({ participants: [1] });
  journal.note();
  (await write(1)).end();
  await journal.settled();
  time.pass(TIMING.store);
  expect(await journal.flush()).toBe(true);
  expect(writes).toHaveLength(1);
});

it('a failed write is made again every few seconds with all that came since, and both turns are told', async () => {
  const { writes, write, journal, time, turns, grow } = heldStore();
  journal.note({ forgottenRuns: [4] });
  grow(9);
  (await write(1)).fail('unavailable');
  await expect.poll(() => turns).toEqual([time.now()]);
  grow(8);
  journal.note({ participants: [1] });
  await journal.settled();
  expect(writes).toHaveLength(1);
  time.pass(TIMING.storeRetry);
  (await write(2)).fail('unavailable');
  await expect.poll(() => (time.pass(TIMING.storeRetry), writes.length)).toBe(3);
  const { change, end } = writes[2]!;
  expect(change).toMatchObject({ forgottenRuns: [4], participants: [{ index: 1 }] });
  expect(points(change)).toEqual([{ from: 0, values: [9, 8] }]);
  expect(turns).toHaveLength(1);
  end();
  expect(await journal.flush()).toBe(true);
  expect(turns.at(-1)).toBeNull();
});

it.each(['not_stored', 'gap'] as const)(
  'a store that has lost the session (%s) is given the whole room, at once',
  async (fault) => {
    const { writes, write, journal, turns, grow } = heldStore();
    grow(9, 8);
    journal.note();
    (await write(1)).end();
    await journal.settled();
    grow(7);
    journal.note();
    (await write(2)).fail(fault);
    const whole = await write(3);
    expect(whole.change).toMatchObject({
      session: SESSION,
      participants: [{ index: 0 }, { index: 1 }],
      runs: [{ number: 1 }],
    });
    expect(points(whole.change)).toEqual([{ from: 0, values: [9, 8, 7] }]);
    whole.end();
    await journal.flush();
    expect(turns).toEqual([]);
    expect(writes).toHaveLength(3);
  },
);

it('who waits for a slow store is let go after a while', async () => {
  const { write, journal, time } = heldStore();
  journal.note();
  await write(1);
  const settled = journal.settled();
  time.pass(TIMING.storePatience);
  await settled;
});
