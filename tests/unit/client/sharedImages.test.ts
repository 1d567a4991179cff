import { beforeEach, expect, it, vi } from 'vitest';
import { loadImages, type Arrivals } from '../../../client/worker/images.ts';
import { SharedImages } from '../../../client/worker/sharedImages.ts';
import { DataError, PIXELS } from '../../../shared/data/idx.ts';
import { TEST_IMAGES, type RunSettings } from '../../../shared/run/settings.ts';

vi.mock('../../../client/worker/images.ts', () => ({ loadImages: vi.fn() }));

const settings: RunSettings = {
  ...{ experiment: 'mnist', model: 'softmax', seed: 1, steps: 10, init: { kind: 'zeros' } },
  ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
};
const start = (run: number) => ({ run, settings, dataUrl: 'http://class.test/data/' });
const ALL = settings.images + TEST_IMAGES;

/** A model that notes how many images there are. */
function model(run: number) {
  const life = new AbortController();
  const heard: number[] = [];
  const arrivals: Arrivals = { arrived: (loaded) => heard.push(loaded), interrupted() {} };
  const images = SharedImages.of(start(run))!;
  const end = images.follow(arrivals, life.signal).then(
    () => 'loaded',
    (error: Error) => error.name,
  );
  return { images, heard, end, leave: () => life.abort() };
}

const loading = vi.mocked(loadImages);
/** What has been asked to load, each with the promise that it is to keep. */
let asked: { arrive: () => void; fail: () => void; signal: AbortSignal }[];

beforeEach(() => {
  asked = [];
  loading.mockReset().mockImplementation(async (_, train, test, arrivals, signal) => {
    await new Promise<void>((resolve, reject) => {
      const fail = () => reject(new DataError('no images'));
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      asked.push({ arrive: resolve, fail, signal });
    });
    for (const set of [train, test]) {
      const labels = new Uint8Array(set.capacity);
      set.add({ images: new Uint8Array(set.capacity * PIXELS), labels });
      arrivals.arrived(train.available + test.available, ALL);
    }
  });
});

it('are loaded once for all models of a run, and told to one that comes later', async () => {
  const [a, b] = [model(1), model(1)];
  expect(b.images).toBe(a.images);
  const space = vi.fn(() => null);
  expect([a.images.space(space), b.images.space(space)]).toEqual([null, null]);
  expect(space).toHaveBeenCalledOnce();
  asked[0]!.arrive();
  expect(await Promise.all([a.end, b.end])).toEqual(['loaded', 'loaded']);
  const late = model(1);
  expect(await late.end).toBe('loaded');
  expect([a.heard, b.heard, late.heard]).toEqual([
    [settings.images, ALL],
    [settings.images, ALL],
    [ALL],
  ]);
  expect(loading).toHaveBeenCalledOnce();
  const next = model(2);
  expect(next.images).not.toBe(a.images);
  for (const each of [a, b, late, next]) each.leave();
});

it('go on loading until the last of them is gone', async () => {
  const [a, b] = [model(1), model(1)];
  a.leave();
  expect(asked[0]!.signal.aborted).toBe(false);
  b.leave();
  expect(await b.end).toBe('AbortError');
  const again = model(1);
  expect(again.images).not.toBe(a.images);
  asked[1]!.arrive();
  expect(await again.end).toBe('loaded');
  again.leave();
});

it('that cannot be had are missing for all of them, and asked for again by the next attempt', async () => {
  const [a, b] = [model(1), model(1)];
  asked[0]!.fail();
  expect(await Promise.all([a.end, b.end])).toEqual(['DataError', 'DataError']);
  const again = model(1);
  asked[1]!.arrive();
  expect(await again.end).toBe('loaded');
  for (const each of [a, b, again]) each.leave();
});
