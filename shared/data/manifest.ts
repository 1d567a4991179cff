import * as v from 'valibot';
import { DataError } from './idx.ts';

const ENTRY = v.object({
  /** File name beside the manifest; it contains a hash of the content, so it never changes. */
  file: v.pipe(v.string(), v.nonEmpty()),
  images: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Length before compression. */
  bytes: v.number(),
});

const MANIFEST = v.object({
  version: v.literal(1),
  train: v.array(ENTRY),
  test: v.array(ENTRY),
});

/** Which shards there are, in the order of the images. */
export type Manifest = v.InferOutput<typeof MANIFEST>;
export type ShardEntry = v.InferOutput<typeof ENTRY>;

/** Throws a DataError where the text is not that of a manifest. */
export function parseManifest(text: string): Manifest {
  try {
    return v.parse(MANIFEST, JSON.parse(text));
  } catch (error) {
    throw new DataError(`not a manifest of shards: ${(error as Error).message}`);
  }
}

/** The first of the shards that together hold so many images; throws a DataError where all hold fewer. */
export function firstShards(entries: readonly ShardEntry[], images: number): ShardEntry[] {
  let held = 0;
  const first = entries.filter((entry) => {
    const isNeeded = held < images;
    held += entry.images;
    return isNeeded;
  });
  if (held < images) throw new DataError(`${images} images are needed, the shards hold ${held}`);
  return first;
}
