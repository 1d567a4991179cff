import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Journal } from '../../../server/rooms/journal.ts';
import { MemoryStore } from '../../../server/store/memory.ts';
import type { Change, Store } from '../../../server/store/store.ts';
import { MAX_WAITING_CHANGES } from '../../../shared/limits.ts';

const SESSION = { instructorHash: 'aa', createdAt: 0, locked: false, phase: 'lobby' as const };
const WHOLE: Change = { session: SESSION, participants: [] };

/** A store whose writes end when, and as, the test says. */
function heldStore() {
  const writes: { change: Change; end: () => void; fail: () => void }[] = [];
  const store: Store = Object.assign(new MemoryStore(), {
    write: (_code: string, change: Change) =>
      new Promise<void>((resolve, reject) => {
        writes.push({ change, end: resolve, fail: () => reject(new Error('disk full')) });
      }),
  });
  const journal = new Journal(store, 'AAAAAA', pino({ level: 'silent' }), () => WHOLE);
  return { writes, journal };
}

function student(index: number): Change {
  const name = `S${index}`;
  return { participants: [{ index, name, secretHash: '', simulated: false, removed: false }] };
}

it('one write is under way at a time; what comes meanwhile is merged in order', async () => {
  const { writes, journal } = heldStore();
  for (const k of [0, 1, 2]) journal.note(student(k));
  expect(writes).toHaveLength(1);
  const settled = journal.flush();
  writes[0]!.end();
  await expect.poll(() => writes.length).toBe(2);
  expect(writes[1]!.change.participants?.map(({ index }) => index)).toEqual([1, 2]);
  writes[1]!.end();
  await settled;
  expect(writes).toHaveLength(2);
});

it('after a failed write the whole room is written, and forgotten runs stay forgotten', async () => {
  const { writes, journal } = heldStore();
  journal.note({ forgottenRuns: [4] });
  journal.note({ forgottenRuns: [5] });
  const failed = journal.flush();
  writes[0]!.fail();
  await expect.poll(() => writes.length).toBe(2);
  expect(writes[1]!.change).toMatchObject({ ...WHOLE, forgottenRuns: [4, 5] });
  writes[1]!.end();
  await failed;
  journal.note(student(1));
  expect(writes[2]!.change.session).toBeUndefined();
});

it('a slow store costs no memory: too many changes become the whole room', async () => {
  const { writes, journal } = heldStore();
  journal.note(student(0));
  for (let k = 0; k < 3 * MAX_WAITING_CHANGES; k++) journal.note(student(1));
  writes[0]!.end();
  await expect.poll(() => writes.length).toBe(2);
  expect(writes[1]!.change.session).toEqual(SESSION);
  expect(writes[1]!.change.participants!.length).toBeLessThanOrEqual(MAX_WAITING_CHANGES);
});
