import path from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { openSqlite } from '../server/store/sqlite/open.ts';
import type { StoredSession } from '../server/store/store.ts';
import { Outbox } from '../shared/live/outbox.ts';
import { Reporter } from '../shared/live/reporter.ts';
import type { RunPlan } from '../shared/protocol/views.ts';
import { reportingGrid } from '../shared/run/settings.ts';
import { undisturbed } from './browser/headless.ts';
import { fill } from './crew.ts';
import { accepted, connect, type TestClient } from './integration/client.ts';
import { freePort, serverProcess } from './process.ts';
import { createSession, temporaryFolder } from './support.ts';

/** What the students were told when they came back: how much the server held, and had acknowledged before. */
interface Return {
  held: number;
  acknowledged: number;
}

export interface Comeback {
  returns: Return[];
  /** What is in the database after the run, read when the second server has ended. */
  stored: StoredSession;
  /** From the signal to the moment at which every student was back, in ms. */
  outage: number;
}

/**
 * A class trains for real against the built server; in mid-run the server gets `signal`, a new one
 * starts over the same folder and port, and the class goes on by itself until the run is over.
 */
export async function comeBack(
  students: number,
  plan: RunPlan,
  signal: 'SIGKILL' | 'SIGTERM',
): Promise<Comeback> {
  const folder = temporaryFolder();
  const env = { DATA_DIR: folder, PORT: await freePort() };
  const first = await serverProcess(env);
  const { code, secret } = await createSession(first.url);
  const teacher = await connect(first.url);
  accepted(await teacher.instruct(code, secret));
  await fill(first.url, code, students);
  accepted(await teacher.ask('prepare', plan));
  accepted(await teacher.ask('command', { command: 'start' }));
  // In mid-run: everybody has arrived at a third of it.
  const third = reportingGrid(plan.settings.steps).windows / 3;
  await teacher.until(() => arrivedAt(teacher) > third);

  const returns = watchReturns(students);
  // Just when points have been acknowledged, which are not stored before the next second.
  await returns.acknowledged();
  const killed = performance.now();
  const exitCode = await first.stop(signal);
  expect(exitCode).toBe(signal === 'SIGTERM' ? 0 : null);
  const second = await serverProcess(env);
  await returns.all;
  const outage = performance.now() - killed;
  const again = await connect(second.url);
  const { session } = accepted(await again.instruct(code, secret));
  expect(session.phase).not.toBe('lobby');
  await again.until(() => (again.session ?? session).phase === 'finished');
  expect(await second.stop('SIGTERM')).toBe(0);
  return { returns: returns.seen, stored: await read(folder, code), outage };
}

/** Holds every stored curve against the one of a run that nothing disturbed, bit for bit. */
export async function expectUndisturbed(stored: StoredSession, plan: RunPlan): Promise<void> {
  const [run] = stored.runs;
  const rates = run?.rates ?? [];
  expect(rates.length).toBe(stored.participants.length);
  for (const { participant, rate } of rates) {
    const expected = await undisturbed(plan.settings, rate ?? NaN);
    const series = stored.series.find((each) => each.participant === participant);
    expect(series?.losses.values, `participant ${participant}`).toEqual(
      expected.losses.slice(0).slice(),
    );
    expect(series?.divergedAt).toBe(expected.divergedAt);
  }
}

/** Windows that the teacher has heard of everybody. */
function arrivedAt(teacher: TestClient): number {
  return Math.max(0, ...teacher.frames.map(({ standings }) => standings?.arrived ?? 0));
}

/** From now on, what each student is told when it takes its place again. */
function watchReturns(students: number): {
  seen: Return[];
  all: Promise<void>;
  /** Resolves at the next acknowledgement of any student's losses. */
  acknowledged(): Promise<void>;
} {
  const seen: Return[] = [];
  let resolve = () => {};
  const all = new Promise<void>((done) => (resolve = done));
  const settle = Reporter.prototype.settle;
  const spy = vi.spyOn(Reporter.prototype, 'settle').mockImplementation(function (
    this: Reporter,
    held,
  ) {
    seen.push({ held: held.losses, acknowledged: this['lossOutbox'].held });
    if (seen.length === students) resolve();
    settle.call(this, held);
  });
  onTestFinished(() => spy.mockRestore());
  const acknowledged = () =>
    new Promise<void>((done) => {
      const settleOutbox = Outbox.prototype.settle;
      const outboxes = vi.spyOn(Outbox.prototype, 'settle').mockImplementation(function (
        this: Outbox,
        held,
      ) {
        settleOutbox.call(this, held);
        outboxes.mockRestore();
        done();
      });
    });
  return { seen, all, acknowledged };
}

async function read(folder: string, code: string): Promise<StoredSession> {
  const file = path.join(folder, 'build-a-brain.sqlite');
  const store = await openSqlite({ file, wait: 0, maxBytes: 1e9 });
  const stored = await store.load(code);
  await store.close();
  if (!stored) throw new Error(`session ${code} is not stored`);
  return stored;
}
