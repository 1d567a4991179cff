import { ImageSet } from '../../shared/data/images.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { createLearner, toyData, type TrainingData } from '../../shared/run/learner.ts';
import { reportingGrid, TEST_IMAGES, type RunSettings } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';
import { loadImages } from '../worker/images.ts';
import { Kernels } from '../worker/kernels.ts';
import type { FromReplay, ToReplay } from './replayMessages.ts';

/** Computes the losses of a whole run again, one learning rate after the other; ended by its page. */
const kernels = new Kernels();

/** The memory of the kernels only grows with each model: after this many it is given up. */
const MODELS_IN_A_SPACE = 20;

function tell(message: FromReplay): void {
  self.postMessage(message);
}

async function dataOf(settings: RunSettings, dataUrl: string): Promise<TrainingData> {
  switch (settings.experiment) {
    case 'linear':
      return { experiment: 'linear', points: WORKSHOP };
    case 'toy':
      return toyData(settings);
    case 'mnist': {
      const train = ImageSet.awaiting(settings.images);
      const test = ImageSet.awaiting(TEST_IMAGES);
      const arrivals = { arrived() {}, interrupted() {} };
      await loadImages(dataUrl, train, test, arrivals, new AbortController().signal);
      return { experiment: 'mnist', train, test };
    }
  }
}

async function replay({ settings, rates, steps, dataUrl }: ToReplay): Promise<void> {
  const data = await dataOf(settings, dataUrl);
  const createSpace = await kernels.ready();
  let space = null;
  for (const [k, rate] of rates.entries()) {
    if (k % MODELS_IN_A_SPACE === 0)
      space = settings.experiment === 'linear' ? null : createSpace();
    const learner = createLearner(settings, rate, data, space);
    // The evaluations on the test data, which cost most, say nothing about the curve.
    const training = new Training(settings, learner, reportingGrid(settings.steps), []);
    while (training.advance(steps, () => false));
    tell({ type: 'losses', rate, losses: training.losses.slice(0).slice() });
  }
  tell({ type: 'done' });
}

self.addEventListener('message', ({ data }: MessageEvent<ToReplay>) => {
  replay(data).catch(() => tell({ type: 'failed' }));
});
