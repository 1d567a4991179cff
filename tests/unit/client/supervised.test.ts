import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SupervisedWorker } from '../../../client/worker/supervised.ts';
import type { FromWorker, ToWorker, WorkerNews } from '../../../client/worker/messages.ts';
import { MAX_WORKER_RESTARTS, TIMING } from '../../../shared/limits.ts';
import { PLAN } from '../../integration/client.ts';

/** A worker that answers when asked for the time, until it dies. */
class TestWorker extends EventTarget {
  readonly told: ToWorker[] = [];
  constructor(public isDead = false) {
    super();
  }

  postMessage(message: ToWorker): void {
    this.told.push(message);
    if (message.type === 'time' && !this.isDead)
      this.say({ run: 1, type: 'time', asked: message.asked, now: message.asked });
  }

  say(message: FromWorker): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: message }));
  }

  terminate(): void {
    this.isDead = true;
  }
}

const RUN: ToWorker = {
  type: 'run',
  run: 1,
  settings: PLAN.settings,
  rate: 0.1,
  doneBefore: 0,
  dataUrl: 'http://class.test/data',
};
const CLOCK: ToWorker = {
  type: 'clock',
  clock: { kind: 'race', at: 0, going: true, gone: 0 },
  offset: 0,
};

const page = { hidden: false };
let born: TestWorker[];
let news: WorkerNews[];

beforeEach(() => {
  vi.useFakeTimers();
  page.hidden = false;
  vi.stubGlobal('document', page);
  born = [];
  news = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function supervised({ isLoading = false } = {}): SupervisedWorker {
  const create = () => {
    const worker = new TestWorker(isLoading);
    born.push(worker);
    return worker as unknown as Worker;
  };
  const worker = new SupervisedWorker(
    create,
    (each) => news.push(each),
    () => 7,
  );
  worker.tell(RUN);
  return worker;
}

const pass = (ms: number) => vi.advanceTimersByTime(ms);

it('replaces a worker that died, however much it is told meanwhile', () => {
  const worker = supervised();
  pass(20_000);
  expect(born).toHaveLength(1);
  born[0]!.isDead = true;
  // The class's clock is measured anew again and again.
  for (let ms = 0; ms < TIMING.workerSilence + 2 * TIMING.workerBeat; ms += 500) {
    worker.tell(CLOCK);
    pass(500);
  }
  expect(born).toHaveLength(2);
  const [, second] = born as [TestWorker, TestWorker];
  expect(second.told).toContainEqual({ ...RUN, doneBefore: 7 });
  expect(second.told.some(({ type }) => type === 'clock')).toBe(true);
  worker.end();
});

it('says that training fails when not even the last of its new workers lives', () => {
  const worker = supervised();
  for (let k = 0; k <= MAX_WORKER_RESTARTS; k++) {
    pass(TIMING.workerBeat);
    born.at(-1)!.isDead = true;
    pass(TIMING.workerSilence + 2 * TIMING.workerBeat);
  }
  expect(born).toHaveLength(MAX_WORKER_RESTARTS + 1);
  expect(news).toEqual([{ run: 1, type: 'failed', reason: 'internal' }]);
  worker.end();
});

it('waits longer for a worker whose code still loads', () => {
  const worker = supervised({ isLoading: true });
  pass(TIMING.workerLoading - TIMING.workerBeat);
  expect(born).toHaveLength(1);
  pass(3 * TIMING.workerBeat);
  expect(born).toHaveLength(2);
  worker.end();
});

it('does not hold a worker to what it cannot have said while the page slept or was hidden', () => {
  const worker = supervised();
  born[0]!.isDead = true;
  pass(TIMING.workerSilence - TIMING.workerBeat);
  // Asleep: the time has gone on and no timer has rung.
  vi.setSystemTime(Date.now() + 60_000);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 60_000);
  pass(TIMING.workerBeat);
  expect(born).toHaveLength(1);
  vi.mocked(performance.now).mockRestore();

  page.hidden = true;
  pass(10 * TIMING.workerSilence);
  expect(born).toHaveLength(1);
  worker.end();
});

it('leaves a worker alone that has nothing to train', () => {
  const worker = supervised();
  worker.tell({ type: 'halt' });
  born[0]!.isDead = true;
  pass(10 * TIMING.workerSilence);
  expect(born).toHaveLength(1);
  worker.end();
});

const MODEL: FromWorker = {
  ...{ run: 1, type: 'model', step: 3, divergedAt: null },
  ...{ losses: new Float32Array(3), parameters: [] },
};

it('asks for the model before the worker halts, and lives until it has it', async () => {
  const worker = supervised();
  const first = worker.model(1);
  const second = worker.model(1);
  worker.tell({ type: 'halt' });
  worker.end();
  const [asked] = born as [TestWorker];
  expect(asked.told.map(({ type }) => type).filter((type) => type !== 'time')).toEqual([
    ...['run', 'export', 'halt'],
  ]);
  expect(asked.isDead).toBe(false);
  asked.say(MODEL);
  expect(await first).toEqual(MODEL);
  expect(await second).toEqual(MODEL);
  await Promise.resolve();
  expect(asked.isDead).toBe(true);
});

it('keeps nobody waiting for the model of a worker that was replaced, or that says nothing', async () => {
  const worker = supervised();
  const replaced = worker.model(1);
  born[0]!.dispatchEvent(new Event('error'));
  expect(await replaced).toBeNull();

  const silent = worker.model(1);
  worker.tell({ type: 'halt' });
  worker.end();
  expect(born[1]!.isDead).toBe(false);
  pass(TIMING.workerSilence);
  expect(await silent).toBeNull();
  await Promise.resolve();
  expect(born[1]!.isDead).toBe(true);
});

it('tells the models of two runs apart', async () => {
  const worker = supervised();
  const first = worker.model(1);
  worker.tell({ ...RUN, run: 2 });
  const second = worker.model(2);
  born[0]!.say({ ...MODEL, run: 2, step: 9 });
  born[0]!.say(MODEL);
  expect((await first)?.step).toBe(3);
  expect((await second)?.step).toBe(9);
  worker.end();
});
