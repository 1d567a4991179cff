import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SetAside } from '../../../server/store/sqlite/setAside.ts';
import type { Change } from '../../../server/store/store.ts';
import { ThreadStore } from '../../builtStore.ts';
import { temporaryFolder } from '../../support.ts';
import { PLAN } from './classroom.ts';
import { timed } from '../timed.ts';

/** The store as the server has it; whole files are not to be given up. */
function sqlite(file = path.join(temporaryFolder(), 'sessions.sqlite')) {
  const setAside: SetAside[] = [];
  const giveUp = () => {
    throw new Error('only one session is damaged');
  };
  const store = new ThreadStore({ file, wait: 0, maxBytes: 1e9 }, giveUp, (set) =>
    setAside.push(set),
  );
  onTestFinished(() => store.close());
  return { store, file, setAside };
}

function aClass(name: string): Change {
  return {
    session: {
      instructorHash: 'aa'.repeat(32),
      createdAt: 1_000,
      usedAt: 2_000,
      locked: false,
      pseudonyms: null,
      wall: null,
      draft: null,
      phase: 'running',
    },
    participants: [
      { index: 0, name, secretHash: 'bb'.repeat(32), simulated: false, removed: false },
      { index: 1, name: 'Bob', secretHash: 'cc'.repeat(32), simulated: false, removed: false },
    ],
    runs: [
      {
        number: 1,
        plan: PLAN,
        clock: null,
        reference: null,
        arrived: 1,
        rates: [{ participant: 0, rate: 0.5 }],
        bets: [],
        verdicts: [{ participant: 0, verdict: { state: 'verified' } }],
      },
    ],
    series: [
      {
        run: 1,
        participant: 0,
        losses: timed({ from: 0, values: Float32Array.of(3, 2, 1) }),
        evaluations: { from: 0, values: new Float32Array(0) },
        divergedAt: null,
      },
    ],
  };
}

/** Writes other bytes over the first place in the file where these ones are. */
function overwrite(file: string, before: string, after: Buffer): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(before);
  expect(at).toBeGreaterThan(0);
  after.copy(bytes, at);
  writeFileSync(file, bytes);
}

/** A file with a sound class and one called AAAAAA in which this was changed. */
async function damaged(change: (file: string) => void): Promise<string> {
  const { store, file } = sqlite();
  await store.write('AAAAAA', aClass('AdaLovelace'));
  const sound = aClass('Grace');
  await store.write('CCCCCC', {
    ...sound,
    runs: [],
    session: { ...sound.session!, phase: 'lobby' },
  });
  await store.close();
  change(file);
  return file;
}

/** A statement of SQL on the file, by somebody who means harm or no good. */
function edited(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

const DAMAGE: Record<string, (file: string) => void> = {
  'a name that is no UTF-8': (file) => overwrite(file, 'AdaLovelace', Buffer.of(0xff)),
  'a plan that is no JSON': (file) => overwrite(file, '"steps":10', Buffer.from('"steps":1x')),
  'a plan of no experiment': (file) => overwrite(file, '"experiment"', Buffer.from('"experimenx"')),
  'a phase that there is not': (file) => overwrite(file, 'running', Buffer.from('runnixg')),
  'a verdict that there is not': (file) => overwrite(file, 'verified', Buffer.from('verifyed')),
  'a participant that is missing': (file) =>
    edited(file, `DELETE FROM participant WHERE code = 'AAAAAA' AND seat = 0`),
  'a session without its run': (file) => edited(file, `DELETE FROM run`),
  'people without their session': (file) =>
    edited(file, `PRAGMA foreign_keys = OFF; DELETE FROM session WHERE code = 'AAAAAA'`),
  'text in the place of a number': (file) =>
    edited(file, `UPDATE series SET losses = CAST(x'ff41' AS TEXT)`),
  'a column longer than any': (file) => edited(file, `UPDATE series SET losses = 2000000000`),
  'a code that is no UTF-8': (file) =>
    edited(
      file,
      `PRAGMA foreign_keys = OFF; UPDATE session SET code = CAST(x'41ff41414141' AS TEXT) WHERE code = 'AAAAAA'`,
    ),
};

describe('what a disk has changed in one session', () => {
  it.each(Object.entries(DAMAGE))(
    '%s: it is set aside and said, the others go on',
    async (_, change) => {
      const file = await damaged(change);
      const { store, setAside } = sqlite(file);
      await store.open();
      expect(await store.load('AAAAAA')).toBeNull();
      expect((await store.load('CCCCCC'))?.participants[0]?.name).toBe('Grace');
      expect(await store.count()).toBe(1);
      expect(await store.unusedSince(9e15)).toEqual(['CCCCCC']);
      expect(setAside).toHaveLength(1);
      const [{ sessions, to }] = setAside as [SetAside];
      expect(sessions.some(({ code }) => code === 'AAAAAA' || code.includes('\ufffd'))).toBe(true);
      if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
      // The code can be used again, and what is sound is not touched a second time.
      await store.write('AAAAAA', aClass('Ada'));
      await store.close();
      const again = sqlite(file);
      expect((await again.store.load('AAAAAA'))?.participants).toHaveLength(2);
      expect(again.setAside).toEqual([]);
      await again.store.close();
    },
  );

  it('what is set aside has every byte that is left, and nothing of the others', async () => {
    const file = await damaged(DAMAGE['a name that is no UTF-8']!);
    const { store, setAside } = sqlite(file);
    await store.open();
    await store.close();
    const kept = readFileSync(setAside[0]!.to);
    expect(kept.includes(Buffer.from('\xffdaLovelace', 'latin1'))).toBe(true);
    expect(kept.includes('Bob')).toBe(true);
    expect(kept.includes('Grace')).toBe(false);
    const database = new Database(setAside[0]!.to, { readonly: true });
    expect(database.prepare('SELECT count(*) AS rows FROM series').get()).toMatchObject({
      rows: 1,
    });
    database.close();
    expect(readdirSync(path.dirname(file))).toHaveLength(2);
  });

  it('[P98] it is deleted when it is old, with what lies beside it, and nothing else is', async () => {
    const file = await damaged(DAMAGE['a name that is no UTF-8']!);
    const { store, setAside } = sqlite(file);
    await store.open();
    const folder = path.dirname(file);
    const fresh = path.basename(setAside[0]!.to);
    const { base, name, ext } = path.parse(file);
    const old = ['', '-wal', '-shm'].map(
      (beside) => `${name}.damaged-2020-01-31T23-59-59-999Z${ext}${beside}`,
    );
    const others = [
      `${name}.damaged-2020-01-31T23-59-59-999Z.txt`,
      `${name}.damaged-yesterday${ext}`,
      `copy-of-${old[0]}`,
      `${base}.backup`,
    ];
    for (const each of [...old, ...others]) writeFileSync(path.join(folder, each), 'AdaLovelace');
    // Comes before and after those that are old: what is no file of ours holds none of them up.
    mkdirSync(path.join(folder, `${name}.damaged-2019-01-31T23-59-59-999Z${ext}`));
    const all = () =>
      readdirSync(folder).filter(
        (each) => !each.includes('2019') && (!each.startsWith(base) || each === others[3]),
      );
    const lastMoment = Date.parse('2020-01-31T23:59:59.999Z');
    expect(await store.forgetDamaged(lastMoment)).toEqual({ deleted: [], left: [] });
    const { deleted, left } = await store.forgetDamaged(lastMoment + 1);
    expect([deleted.sort(), left]).toEqual([[...old].sort(), []]);
    expect(all().sort()).toEqual([fresh, ...others].sort());
    expect(await store.forgetDamaged(9e15)).toEqual({ deleted: [fresh], left: [] });
    expect(all().sort()).toEqual([...others].sort());
    expect((await store.load('CCCCCC'))?.participants[0]?.name).toBe('Grace');
  });
});
