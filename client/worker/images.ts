import { DataError, type LabelledImages } from '../../shared/data/idx.ts';
import type { ImageSet } from '../../shared/data/images.ts';
import { decodeShard, type Manifest, type ShardEntry } from '../../shared/data/shard.ts';

/** Tries again this often, since school Wi-Fi loses requests; the waits grow from one to the next. */
const RETRY_AFTER_MS = [500, 1_500, 4_000, 10_000];

/** A shard that was read once in this worker serves the following runs as well. */
const shards = new Map<string, Promise<LabelledImages>>();

/**
 * Fills both sets from the server, in the order in which training needs them: the first shard, the
 * test images, then the rest.
 * @param dataUrl absolute URL of the folder with `manifest.json`, ending in a slash
 * @param arrived called after each shard with the images there are and will be
 */
export async function loadImages(
  dataUrl: string,
  train: ImageSet,
  test: ImageSet,
  arrived: (loaded: number, total: number) => void,
): Promise<void> {
  const manifest = (await (await request(`${dataUrl}manifest.json`)).json()) as Manifest;
  const needed = manifest.train.slice(0, shardsFor(manifest.train, train.capacity));
  const [first, ...rest] = needed.map((entry) => ({ entry, set: train }));
  const tests = manifest.test.map((entry) => ({ entry, set: test }));
  const total = train.capacity + test.capacity;
  for (const { entry, set } of [...(first ? [first] : []), ...tests, ...rest]) {
    set.add(await shard(dataUrl, entry));
    arrived(train.available + test.available, total);
  }
}

/** How many of the first shards hold `images` images. */
function shardsFor(entries: ShardEntry[], images: number): number {
  let count = 0;
  for (let held = 0; held < images && count < entries.length; count++)
    held += entries[count]!.images;
  return count;
}

function shard(dataUrl: string, entry: ShardEntry): Promise<LabelledImages> {
  const known = shards.get(entry.file);
  if (known) return known;
  const loading = loadShard(dataUrl, entry);
  shards.set(entry.file, loading);
  loading.catch(() => shards.delete(entry.file));
  return loading;
}

async function loadShard(dataUrl: string, entry: ShardEntry): Promise<LabelledImages> {
  const response = await request(`${dataUrl}${entry.file}`);
  const decoded = decodeShard(new Uint8Array(await response.arrayBuffer()));
  if (decoded.labels.length !== entry.images) {
    throw new DataError(`${entry.file} holds ${decoded.labels.length} images, not ${entry.images}`);
  }
  return decoded;
}

async function request(url: string): Promise<Response> {
  for (const wait of [...RETRY_AFTER_MS, null]) {
    try {
      const response = await fetch(url);
      if (response.ok) return response;
      if (response.status < 500) throw new DataError(`${url}: ${response.status}`);
    } catch (error) {
      if (error instanceof DataError || wait === null) throw error;
    }
    if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new DataError(`${url} cannot be had`);
}
