import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { openSqlite } from '../../../server/store/sqlite/open.ts';
import type { Change } from '../../../server/store/store.ts';
import { ThreadStore } from '../../builtStore.ts';
import { temporaryFolder } from '../../support.ts';
import { PLAN } from './classroom.ts';
import { timed } from '../timed.ts';

const CODES = ['AAAAAA', 'CCCCCC', 'HHHHHH', 'KKKKKK', 'MMMMMM'];
const PAGE = 4_096;

function aClass(code: string): Change {
  const everybody = Array.from({ length: 20 }, (_, index) => index);
  return {
    session: {
      ...{ instructorHash: 'aa'.repeat(32), createdAt: 1, usedAt: 1 },
      ...{ locked: false, pseudonyms: null, wall: null, draft: null, phase: 'running' },
    },
    participants: everybody.map((index) => {
      const secretHash = 'bb'.repeat(32);
      return { index, name: `Ada ${code} ${index}`, secretHash, simulated: false, removed: false };
    }),
    runs: [
      {
        ...{
          number: 1,
          plan: PLAN,
          clock: null,
          reference: 0.5,
          arrived: 1,
          bets: [],
          verdicts: [],
        },
        rates: everybody.map((participant) => ({ participant, rate: 0.5 })),
      },
    ],
    series: everybody.map((participant) => ({
      run: 1,
      participant,
      losses: timed({ from: 0, values: new Float32Array(200).fill(participant) }),
      evaluations: { from: 0, values: Float32Array.of(1, 0.5) },
      divergedAt: null,
    })),
  };
}

/** The bytes of a file with five classes. */
async function soundFile(): Promise<Buffer> {
  const file = path.join(temporaryFolder(), 'sessions.sqlite');
  const nothing = () => {};
  const store = new ThreadStore({ file, wait: 0, maxBytes: 1e9 }, nothing, nothing);
  for (const code of CODES) await store.write(code, aClass(code));
  await store.close();
  return readFileSync(file);
}

interface Byte {
  at: number;
  value: number;
}

/** The whole of it in each of these files, one after the other, in a process that damage may end. */
async function opened(sound: Buffer, files: readonly (readonly Byte[])[]) {
  const top = temporaryFolder();
  const folders = files.map((bytes, k) => {
    const folder = path.join(top, String(k));
    const file = Buffer.from(sound);
    for (const { at, value } of bytes) file[at] = value;
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'sessions.sqlite'), file);
    return folder;
  });
  const script = path.resolve('tests/unit/server/openDamaged.mjs');
  const child = spawn(process.execPath, [script, CODES.join(), ...folders]);
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += String(text)));
  child.stderr.on('data', (text: Buffer) => (err += String(text)));
  await once(child, 'close');
  const lines = out.trim() === '' ? [] : out.trim().split('\n');
  const results = lines.map(
    (line) => JSON.parse(line) as { served: string[]; aside: number; fault: string | null },
  );
  return { results, err };
}

// The first page says what tables there are: damage there ended the process.
it.each([
  ['anywhere', 0, Infinity],
  ['in what describes the tables', 100, PAGE],
  ['in the first bytes', 0, 100],
])(
  'with wrong bytes %s the file, or the session, is found damaged, and the rest is served',
  async (_, from, to) => {
    const sound = await soundFile();
    const seed = Date.now();
    const byte = fc.record({
      at: fc.integer({ min: from, max: Math.min(to, sound.length) - 1 }),
      value: fc.nat(255),
    });
    const files = fc.sample(fc.array(byte, { minLength: 1, maxLength: 3 }), { numRuns: 100, seed });
    const { results, err } = await opened(sound, files);
    const stopped = `seed ${seed}: ${JSON.stringify(files[results.length])} ${err}`;
    expect(results.length, stopped).toBe(files.length);
    for (const [k, { served, aside, fault }] of results.entries()) {
      const what = `seed ${seed}: ${JSON.stringify(files[k])}: ${fault}`;
      // What is damaged as a whole is moved aside by `ThreadStore`.
      expect([null, 'damaged'], what).toContain(fault);
      if (served.length < CODES.length && !fault) expect(aside, what).toBeGreaterThan(0);
    }
  },
);

it('a row under the code of no class, out of its order, costs its own class only', async () => {
  const sound = await soundFile();
  const at = sound.indexOf('Ada KKKKKK 7') - 'KKKKKK7'.length + 1;
  const { results, err } = await opened(sound, [[{ at, value: 0x97 }]]);
  expect(results, err).toMatchObject([
    { fault: null, served: CODES.filter((c) => c !== 'KKKKKK') },
  ]);
});

it('the file of a newer version is left as it is, and said', async () => {
  const file = path.join(temporaryFolder(), 'sessions.sqlite');
  writeFileSync(file, await soundFile());
  const newer = new Database(file);
  newer.exec(`INSERT INTO kysely_migration VALUES ('9999-later', '9999-01-01T00:00:00.000Z')`);
  newer.close();
  const options = { file, wait: 0, maxBytes: 1e9 };
  await expect(openSqlite(options)).rejects.toMatchObject({
    code: 'unavailable',
    message: 'a newer version of this server has used the database',
  });
});
