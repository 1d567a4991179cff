import { savedModel, type SavedModel } from '../../shared/run/savedModel.ts';
import type { WorkerNews } from '../worker/messages.ts';
import { SupervisedWorker } from '../worker/supervised.ts';
import type { LeftRun } from './leftRuns.ts';

/** Halted: nothing is done but what was done before. */
const HALTED = { kind: 'race', at: 0, going: false, gone: 0 } as const;
/** Of the time: the next run may be under way, and is not to be held up. */
const SHARE = 0.5;

/**
 * Computes a run again, up to the step to which it was done.
 * @param say gets how much of it is done, from 0 to 1
 * @returns null where the images or the worker cannot be had
 */
export async function retrain(
  { run, settings, rate, step }: LeftRun,
  say: (share: number) => void,
): Promise<SavedModel | null> {
  let settle!: (isDone: boolean) => void;
  const done = new Promise<boolean>((resolve) => (settle = resolve));
  const take = (news: WorkerNews) => {
    if (news.type === 'failed') settle(false);
    else if (news.type === 'diverged') settle(true);
    else if (news.type === 'progress') {
      say(news.step / step);
      if (news.step >= step) settle(true);
    }
  };
  const worker = new SupervisedWorker(
    () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
    take,
    () => step,
  );
  const dataUrl = new URL('data/mnist/', document.baseURI).href;
  worker.tell({ type: 'run', run, settings, rate, doneBefore: step, dataUrl });
  worker.tell({ type: 'clock', clock: HALTED, offset: 0, share: SHARE });
  const model = (await done) ? await worker.model(run) : null;
  worker.end();
  return model && savedModel(settings, rate, model, model.parameters);
}
