import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite } from '../../../server/store/sqlite/open.ts';
import type { SessionRecord } from '../../../server/store/store.ts';
import { Random } from '../../../shared/model/random.ts';
import { temporaryFolder } from '../../support.ts';

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
const CODES = ['AAAAAA', 'AAAAAC', 'CCCCCC', 'NNNNNN', 'ZZZZZZ'];
const STUDENTS = 250;

/** How often this text is in the files of a folder. */
function timesIn(folder: string, text: string): number {
  const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'latin1'));
  return files.reduce((times, bytes) => times + bytes.split(text).length - 1, 0);
}

// SQLite's own `secure_delete` leaves a name of CCCCCC behind with each of the first three.
it.each([2, 12, 13, 0])(
  '[P45] of a session that was deleted no nickname is in any file, in the order of seed %i',
  async (seed) => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'sessions.sqlite');
    const store = await openSqlite({ file, wait: 0, maxBytes: 1e9 });
    for (const code of CODES) await store.write(code, { session: SESSION });
    // Classes that fill up at the same time share pages, which SQLite splits and fills anew.
    const random = new Random(seed, 0);
    const joins = CODES.flatMap((code) =>
      Array.from({ length: STUDENTS }, (_, index) => ({ code, index, at: random.next() })),
    ).sort((a, b) => a.at - b.at);
    for (const { code, index } of joins) {
      const name = `Nick-${code}-${'y'.repeat(random.below(12))}`;
      const participant = { index, name, secretHash: 'bb'.repeat(32), simulated: false };
      await store.write(code, { participants: [{ ...participant, removed: false }] });
    }
    expect(timesIn(folder, 'Nick-CCCCCC')).toBeGreaterThanOrEqual(STUDENTS);
    await store.remove('CCCCCC');
    expect(timesIn(folder, 'Nick-CCCCCC')).toBe(0);
    for (const code of CODES.filter((each) => each !== 'CCCCCC')) {
      expect(timesIn(folder, `Nick-${code}`)).toBeGreaterThanOrEqual(STUDENTS);
      expect((await store.load(code))?.participants).toHaveLength(STUDENTS);
    }
    await store.close();
  },
);
