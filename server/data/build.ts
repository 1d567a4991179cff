import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { PIXELS, type LabelledImages } from '../../shared/data/idx.ts';
import type { Manifest, ShardEntry } from '../../shared/data/manifest.ts';
import { encodeShard, IMAGES_PER_SHARD } from '../../shared/data/shard.ts';
import { readMnist } from './mnist.ts';

/** Brotli's best, 11, takes half a minute for all shards and saves 3 % more. */
const BROTLI_QUALITY = 9;
/** gzip's best, 9, takes fifteen times as long as 7 and saves 0.5 %. */
const GZIP_LEVEL = 7;

/** Cuts MNIST into shards below a folder, each compressed once here, and lists them. */
export async function buildMnist(folder: string): Promise<Manifest> {
  const mnist = await readMnist();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest: Manifest = {
    version: 1,
    train: await writeShards(folder, 'train', mnist.train),
    test: await writeShards(folder, 'test', mnist.test),
  };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  return manifest;
}

async function writeShards(folder: string, part: string, all: LabelledImages) {
  const count = Math.ceil(all.labels.length / IMAGES_PER_SHARD);
  return Promise.all(
    Array.from({ length: count }, async (_, index): Promise<ShardEntry> => {
      const from = index * IMAGES_PER_SHARD;
      const labels = all.labels.subarray(from, from + IMAGES_PER_SHARD);
      const images = all.images.subarray(from * PIXELS, (from + labels.length) * PIXELS);
      const shard = encodeShard({ images, labels });
      const hash = createHash('sha256').update(shard).digest('hex').slice(0, 8);
      const file = `${part}-${String(index).padStart(2, '0')}-${hash}.bin`;
      await writeCompressed(path.join(folder, file), shard);
      return { file, images: labels.length, bytes: shard.length };
    }),
  );
}

async function writeCompressed(file: string, shard: Uint8Array): Promise<void> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: shard.length,
  };
  await Promise.all([
    writeFile(file, shard),
    writeFile(`${file}.gz`, await promisify(gzip)(shard, { level: GZIP_LEVEL })),
    writeFile(`${file}.br`, await promisify(brotliCompress)(shard, { params })),
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: build.js FOLDER');
  await buildMnist(folder);
}
