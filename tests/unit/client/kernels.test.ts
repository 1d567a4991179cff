import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Kernels } from '../../../client/worker/kernels.ts';
import { TIMING } from '../../../shared/limits.ts';

vi.mock('virtual:kernels', () => ({ default: 'http://class.test/kernels.wasm' }));

const wasm = await readFile(new URL('../../../dist/kernels/kernels.wasm', import.meta.url));
const answers = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', answers);
});

afterEach(() => {
  answers.mockReset();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A server that takes the request and never answers. */
const silent: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

it('give each model a space of their own', async () => {
  answers.mockImplementation(async () => new Response(wasm));
  const kernels = new Kernels();
  const createSpace = await kernels.ready();
  const [one, other] = [createSpace(), createSpace()];
  expect(one).not.toBeNull();
  expect(other!.exports.memory).not.toBe(one!.exports.memory);
  expect(answers).toHaveBeenCalledTimes(1);
});

it('keep a run waiting for a bounded time, and are asked for again by the next', async () => {
  answers.mockImplementation(silent);
  const kernels = new Kernels();
  const createSpace = vi.fn();
  void kernels.ready().then((create) => createSpace(create()));
  await vi.advanceTimersByTimeAsync(TIMING.kernelPatience - 1);
  expect(createSpace).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(createSpace).toHaveBeenCalledWith(null);
  answers.mockImplementation(async () => new Response(wasm));
  expect((await kernels.ready())()).not.toBeNull();
});

it('are asked for again where the server is busy for a moment', async () => {
  answers.mockImplementationOnce(async () => new Response('', { status: 503 }));
  answers.mockImplementation(async () => new Response(wasm));
  const kernels = new Kernels();
  await vi.advanceTimersByTimeAsync(TIMING.downloadRetry.min);
  expect((await kernels.ready())()).not.toBeNull();
});

it.each([
  ['the server has none', () => new Response('', { status: 404 })],
  ['the browser cannot run them', () => new Response('no kernels')],
])('leave the work to the readable code at once where %s', async (_, answer) => {
  answers.mockImplementation(async () => answer());
  const kernels = new Kernels();
  expect((await kernels.ready())()).toBeNull();
  expect((await kernels.ready())()).toBeNull();
  expect(answers).toHaveBeenCalledTimes(1);
});
