/**
 * Measures how long the store of a server that starts takes to look through a large database, as JSON:
 * `npx tsx tests/bench/storeStart.ts [sessions students runs]`, built before. Fills a folder of its own,
 * and deletes it.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Change } from '../../server/store/store.ts';
import { MAX_WINDOWS } from '../../shared/limits.ts';
import { ThreadStore } from '../builtStore.ts';
import { PLAN } from '../integration/client.ts';

const [sessions = 200, students = 30, runs = 10] = process.argv.slice(2).map(Number);
const everybody = Array.from({ length: students }, (_, index) => index);

/** Losses and times that no two columns have in common. */
function columns(from: number): Float32Array {
  return Float32Array.from({ length: MAX_WINDOWS }, (_, k) => from + Math.sin(from * k));
}

function opening(): Change {
  return {
    session: {
      ...{ instructorHash: 'aa'.repeat(32), createdAt: 1, usedAt: Date.now() },
      ...{ locked: false, pseudonyms: null, wall: null, draft: null, phase: 'finished' },
    },
    participants: everybody.map((index) => {
      const secretHash = index.toString(16).padStart(64, 'b');
      return { index, name: `Student ${index}`, secretHash, simulated: false, removed: false };
    }),
  };
}

function run(number: number): Change {
  const rates = everybody.map((participant) => ({ participant, rate: 0.1 + participant }));
  const rest = { clock: null, reference: null, arrived: MAX_WINDOWS, bets: [], verdicts: [] };
  return {
    runs: [{ number, plan: PLAN, rates, ...rest }],
    series: everybody.map((participant) => ({
      run: number,
      participant,
      losses: { from: 0, values: columns(participant + number), times: columns(number) },
      evaluations: { from: 0, values: columns(participant).slice(0, 40) },
      divergedAt: null,
    })),
  };
}

/** Opens the database, asks for one session, closes it; ms of the first two. */
async function start(file: string, code: string): Promise<{ open: number; load: number }> {
  const nothing = () => {
    throw new Error('nothing of it is damaged');
  };
  const store = new ThreadStore({ file, wait: 0, maxBytes: 1e10 }, nothing, nothing);
  const began = performance.now();
  await store.open();
  const opened = performance.now();
  await store.load(code);
  const loaded = performance.now();
  await store.close();
  return { open: Math.round(opened - began), load: Math.round(loaded - opened) };
}

const folder = mkdtempSync(path.join(tmpdir(), 'build-a-brain-start-'));
try {
  const file = path.join(folder, 'sessions.sqlite');
  const codes = Array.from({ length: sessions }, (_, k) => `A${(k + 1e5).toString(20)}`);
  const store = new ThreadStore({ file, wait: 0, maxBytes: 1e10 }, console.error, console.error);
  const began = performance.now();
  for (const code of codes) {
    await store.write(code, opening());
    for (let k = 1; k <= runs; k++) await store.write(code, run(k));
  }
  const fill = Math.round(performance.now() - began);
  await store.close();
  const starts = [];
  for (let k = 0; k < 3; k++) starts.push(await start(file, codes[k]!));
  const megabytes = Math.round(statSync(file).size / 1e6);
  process.stdout.write(
    `${JSON.stringify({ sessions, students, runs, megabytes, fill, starts })}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
