import { ImageSet } from '../../shared/data/images.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import type { KernelSpace } from '../../shared/model/kernelSpace.ts';
import { toyData, type TrainingData } from '../../shared/run/learner.ts';
import { TEST_IMAGES, type RunSettings } from '../../shared/run/settings.ts';
import { createKernelSpace } from './kernels.ts';
import { readMnist, type Mnist } from './mnist.ts';

/** What a run trains on, and where the kernels compute; without a space the readable code does. */
export interface RunData {
  data: TrainingData;
  space: KernelSpace | null;
}

let mnist: Promise<Mnist> | null = null;

/** The images, read once in the life of the process; rejects with a DataError where they are damaged. */
export function loadImages(): Promise<Mnist> {
  return (mnist ??= readMnist());
}

/** The data of a run and memory in which the kernels read it, for one or many learners. */
export async function loadRunData(settings: RunSettings): Promise<RunData> {
  switch (settings.experiment) {
    case 'linear':
      return { data: { experiment: 'linear', points: WORKSHOP }, space: null };
    case 'toy':
      return { data: toyData(settings), space: await createKernelSpace() };
    case 'mnist': {
      const { train, test } = await loadImages();
      const data = {
        experiment: 'mnist' as const,
        train: ImageSet.of(train, settings.images),
        test: ImageSet.of(test, TEST_IMAGES),
      };
      return { data, space: await createKernelSpace() };
    }
  }
}
