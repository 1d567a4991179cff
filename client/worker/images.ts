import { DataError, type LabelledImages } from '../../shared/data/idx.ts';
import type { ImageSet } from '../../shared/data/images.ts';
import { firstShards, parseManifest, type ShardEntry } from '../../shared/data/manifest.ts';
import { decodeShard } from '../../shared/data/shard.ts';
import { download, type Interruption } from './download.ts';

/** A shard that was read once in this worker serves the following runs as well. */
const shards = new Map<string, LabelledImages>();

/** How a run that waits for its images hears of them. */
export interface Arrivals {
  /** Called after each shard with the images there are and will be. */
  arrived(loaded: number, total: number): void;
  /** Called when the network fails, and when it is back. */
  interrupted: Interruption;
}

/**
 * Fills both sets from the server, in the order in which training needs them: the first shard, the
 * test images, then the rest.
 * @param dataUrl absolute URL of the folder with `manifest.json`, ending in a slash
 * @param signal ends the attempts, which otherwise go on as long as the network is away
 * @throws DataError where the server has no such data, or other data than it says
 */
export async function loadImages(
  dataUrl: string,
  train: ImageSet,
  test: ImageSet,
  { arrived, interrupted }: Arrivals,
  signal: AbortSignal,
): Promise<void> {
  const text = await download(`${dataUrl}manifest.json`, signal, interrupted);
  const manifest = parseManifest(new TextDecoder().decode(text));
  const shardsOf = (entries: ShardEntry[], set: ImageSet) =>
    firstShards(entries, set.capacity).map((entry) => ({ entry, set }));
  const [first, ...rest] = shardsOf(manifest.train, train);
  const tests = shardsOf(manifest.test, test);
  const total = train.capacity + test.capacity;
  for (const { entry, set } of [...(first ? [first] : []), ...tests, ...rest]) {
    let images = shards.get(entry.file);
    if (!images) {
      images = readShard(await download(`${dataUrl}${entry.file}`, signal, interrupted), entry);
      shards.set(entry.file, images);
    }
    set.add(images);
    arrived(train.available + test.available, total);
  }
}

function readShard(bytes: Uint8Array, entry: ShardEntry): LabelledImages {
  const decoded = decodeShard(bytes);
  if (decoded.labels.length !== entry.images) {
    throw new DataError(`${entry.file} holds ${decoded.labels.length} images, not ${entry.images}`);
  }
  return decoded;
}
