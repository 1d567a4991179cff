import { beforeEach, expect, it } from 'vitest';
import type { ToWorker } from '../../../client/worker/messages.ts';
import { WorkerPool } from '../../../client/worker/workerPool.ts';

/** A worker that keeps the ports that it is sent, and what comes through them. */
class TestWorker extends EventTarget {
  readonly told: ToWorker[][] = [];
  readonly ports: MessagePort[] = [];
  isEnded = false;

  postMessage(_: unknown, [port]: MessagePort[]): void {
    const heard: ToWorker[] = [];
    this.told.push(heard);
    this.ports.push(port!);
    port!.onmessage = ({ data }: MessageEvent<ToWorker>) => heard.push(data);
  }

  terminate(): void {
    this.isEnded = true;
    for (const port of this.ports) port.close();
  }
}

let born: TestWorker[];
let pool: WorkerPool;

beforeEach(() => {
  born = [];
  pool = new WorkerPool(() => {
    const worker = new TestWorker();
    born.push(worker);
    return worker as unknown as Worker;
  }, 2);
});

const lines = (count: number) => Array.from({ length: count }, () => pool.line());
const models = () => born.map(({ ports }) => ports.length);

it('gives many models to few workers, as many to each, and ends a worker with its last model', () => {
  const all = lines(5);
  expect(models()).toEqual([3, 2]);
  const [first, second, third, fourth, fifth] = all;
  for (const line of [second!, first!, third!]) line.terminate();
  expect(born.map(({ isEnded }) => isEnded)).toEqual([false, false]);
  fourth!.terminate();
  expect(born.map(({ isEnded }) => isEnded)).toEqual([false, true]);
  fifth!.terminate();
  fifth!.terminate();
  expect(born.map(({ isEnded }) => isEnded)).toEqual([true, true]);
});

it('lets each model hear what is meant for it only', async () => {
  const [a, , c] = lines(3);
  const heard: unknown[] = [];
  c!.addEventListener('message', ({ data }) => heard.push(data));
  a!.postMessage({ type: 'export' });
  c!.postMessage({ type: 'examine' });
  born[0]!.ports[0]!.postMessage({ run: 1, type: 'readable' });
  born[0]!.ports[1]!.postMessage({ run: 2, type: 'readable' });
  await expect.poll(() => heard).toEqual([{ run: 2, type: 'readable' }]);
  await expect.poll(() => born[0]!.told).toEqual([[{ type: 'export' }], [{ type: 'examine' }]]);
  for (const { ports } of born) for (const port of ports) port.close();
});

it('puts no further model into a worker that somebody has given up, and leaves the others there', async () => {
  const [a, , c] = lines(4);
  a!.terminate();
  await expect.poll(() => born[0]!.told[0]).toEqual([{ type: 'halt' }]);
  pool.line();
  expect(models()).toEqual([2, 2, 1]);
  pool.line();
  expect(models()).toEqual([2, 2, 2]);
  expect(born[0]!.isEnded).toBe(false);
  c!.terminate();
  expect(born[0]!.isEnded).toBe(true);
  for (const { ports } of born) for (const port of ports) port.close();
});

it('tells all models of a worker that its code cannot be had, and tries another one', () => {
  const told: string[] = [];
  const all = lines(4);
  for (const [k, line] of all.entries()) line.addEventListener('error', () => told.push(`${k}`));
  born[0]!.dispatchEvent(new Event('error'));
  expect(told).toEqual(['0', '2']);
  pool.line();
  expect(models()).toEqual([2, 2, 1]);
  for (const { ports } of born) for (const port of ports) port.close();
});
