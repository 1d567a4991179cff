import {
  chmodSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { MovedAside } from '../../../server/store/sqlite/file.ts';
import type { SetAside } from '../../../server/store/sqlite/setAside.ts';
import { ThreadStore } from '../../builtStore.ts';
import type { Change, SeriesRecord, SessionRecord } from '../../../server/store/store.ts';
import { MAX_WINDOWS } from '../../../shared/limits.ts';
import { temporaryFolder } from '../../support.ts';
import { PLAN } from './classroom.ts';
import { timed } from '../timed.ts';

const SESSION: SessionRecord = {
  instructorHash: 'aa'.repeat(32),
  createdAt: 1,
  usedAt: 1,
  locked: false,
  pseudonyms: null,
  wall: null,
  draft: null,
  phase: 'lobby',
};

/** The store as the server has it, and what it told of. */
function sqlite(folder = temporaryFolder(), maxBytes = 1e9) {
  const file = path.join(folder, 'sessions.sqlite');
  const moved: MovedAside[] = [];
  const setAside: SetAside[] = [];
  const store = new ThreadStore(
    { file, wait: 0, maxBytes },
    (each) => moved.push(each),
    (each) => setAside.push(each),
  );
  onTestFinished(() => store.close());
  return { store, file, folder, moved, setAside };
}

const STUDENTS = 300;

/** A run with a whole column of every student: 2.4 MB. */
function wholeRun(number: number): Change {
  const series = Array.from({ length: STUDENTS }, (_, participant): SeriesRecord => ({
    run: number,
    participant,
    losses: timed({ from: 0, values: new Float32Array(MAX_WINDOWS).fill(number) }),
    evaluations: { from: 0, values: new Float32Array(0) },
    divergedAt: null,
  }));
  const run = {
    number,
    plan: PLAN,
    clock: null,
    reference: null,
    arrived: 0,
    rates: [],
    bets: [],
    verdicts: [],
  };
  return { session: SESSION, runs: [run], series };
}

it('a full disk refuses what does not fit, keeps what it has, and takes more when there is room again', async () => {
  const { store } = sqlite(undefined, 8e6);
  await store.write('AAAAAA', { session: SESSION });
  await store.write('CCCCCC', wholeRun(1));
  const before = await store.load('CCCCCC');
  const tooMuch = { ...wholeRun(2), runs: [1, 2, 3].flatMap((n) => wholeRun(n).runs ?? []) };
  tooMuch.series = [2, 3].flatMap((n) => wholeRun(n).series ?? []);
  await expect(store.write('CCCCCC', tooMuch)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await store.load('CCCCCC')).toEqual(before);
  await store.remove('CCCCCC');
  await store.write('AAAAAA', tooMuch);
  expect((await store.load('AAAAAA'))?.series.length).toBe(2 * STUDENTS);
  await store.close();
});

it('a folder that cannot be used is used as soon as it can', async () => {
  const top = temporaryFolder();
  const folder = path.join(top, 'data');
  writeFileSync(folder, 'a file in the place of the folder');
  const { store } = sqlite(folder);
  const write = () => store.write('AAAAAA', { session: SESSION });
  await expect(store.open()).rejects.toMatchObject({ code: 'unavailable' });
  await expect(write()).rejects.toMatchObject({ code: 'unavailable' });
  rmSync(folder);
  mkdirSync(folder);
  await write();
  expect(await store.count()).toBe(1);
  await store.close();
});

it('a file that is no database is moved aside under the time, and another is begun', async () => {
  const { store, file, folder, moved } = sqlite();
  writeFileSync(file, Buffer.alloc(10_000, 'no database '));
  await store.write('AAAAAA', { session: SESSION });
  expect(await store.count()).toBe(1);
  expect(moved).toMatchObject([{ from: file }]);
  const { to } = moved[0]!;
  expect(to).toMatch(/sessions\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.sqlite$/);
  expect(statSync(to).size).toBe(10_000);
  await store.close();
  expect(readdirSync(folder).sort()).toEqual([path.basename(to), 'sessions.sqlite']);
});

/** The rights of a file that is this user's alone; on Windows there are none to be seen. */
const PRIVATE = process.platform === 'win32' ? '666' : '600';

it('whatever of a class is on the disk is for this user alone, also what an older version left', async () => {
  const { store, file, folder } = sqlite();
  const rights = () =>
    readdirSync(folder).map((name) => {
      const mode = statSync(path.join(folder, name)).mode & 0o777;
      return `${name.replace(/-\d.*Z/, '')} ${mode.toString(8)}`;
    });
  await store.write('AAAAAA', wholeRun(1));
  const two = [`sessions.sqlite ${PRIVATE}`, `sessions.sqlite-wal ${PRIVATE}`];
  expect(rights()).toEqual(two);
  await store.close();
  chmodSync(file, 0o644);
  const again = sqlite(folder);
  await again.store.write('CCCCCC', { session: SESSION });
  expect(rights()).toEqual(two);
  await again.store.close();
  damage(file);
  chmodSync(file, 0o644);
  const third = sqlite(folder);
  expect(await third.store.count()).toBe(0);
  expect(rights()).toEqual([`sessions.damaged.sqlite ${PRIVATE}`, ...two]);
  await third.store.close();
});

/** Overwrites every other page behind the first ones. */
function damage(file: string): void {
  const descriptor = openSync(file, 'r+');
  for (let at = 5 * 4_096; at < statSync(file).size; at += 2 * 4_096) {
    writeSync(descriptor, Buffer.alloc(4_096, 0xa5), 0, 4_096, at);
  }
  closeSync(descriptor);
}

it('damage in the middle of the file is found when it is opened', async () => {
  const { store, file, folder, moved } = sqlite();
  await store.write('AAAAAA', wholeRun(1));
  await store.close();
  damage(file);
  const again = sqlite(folder);
  expect(await again.store.count()).toBe(0);
  expect([moved.length, again.moved.length]).toEqual([0, 1]);
  await again.store.close();
});

it('damage under a running server costs what only the file had; a room is asked for all it has', async () => {
  const { store, file, moved } = sqlite();
  // More than is held in memory, so that the file is read again.
  for (const number of [1, 2, 3, 4, 5, 6]) await store.write('AAAAAA', wholeRun(number));
  damage(file);
  expect(await store.load('AAAAAA')).toBeNull();
  expect(moved).toHaveLength(1);
  const { series = [] } = wholeRun(1);
  await expect(store.write('AAAAAA', { series })).rejects.toMatchObject({
    name: 'StoreError',
    code: 'not_stored',
  });
  await store.write('AAAAAA', { session: SESSION });
  expect(await store.count()).toBe(1);
});

it('a folder that another server uses is refused, until that one ends', async () => {
  const { store, folder } = sqlite();
  await store.open();
  const other = sqlite(folder);
  await expect(other.store.open()).rejects.toMatchObject({ code: 'in_use' });
  await store.write('AAAAAA', { session: SESSION });
  await store.close();
  await store.close();
  expect(await other.store.count()).toBe(1);
  expect(other.moved).toEqual([]);
});
