import { trainingCost } from '../../shared/run/cost.ts';
import type { BrainPlan } from '../../shared/run/brainMembers.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import type { BrainResult, FromBrain, ToBrain } from './messages.ts';

/** By estimate, in ms of a laptop: a class brain that costs no more is computed without being asked for. */
const CHEAP = 6_000;

/** A worker that computes class brains. Whoever begins it ends it. */
export function beginBrainWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

export function computation(plan: BrainPlan, settings: RunSettings): ToBrain {
  return {
    type: 'compute',
    plan: { ...plan },
    // The view is reactive state of the page; the worker is sent plain data.
    settings: { ...settings, init: { ...settings.init } },
    dataUrl: new URL('data/mnist/', document.baseURI).href,
  };
}

/** Whether a device computes it in a moment. */
export function isCheap({ members, steps }: BrainPlan, settings: RunSettings): boolean {
  return members.reduce((sum) => sum + trainingCost(settings, steps, 1), 0) <= CHEAP;
}

/** Computes one class brain; 'failed' where this device cannot. */
export async function computeBrain(
  plan: BrainPlan,
  settings: RunSettings,
): Promise<BrainResult | 'none' | 'failed'> {
  const worker = beginBrainWorker();
  try {
    return await new Promise((resolve) => {
      worker.addEventListener('error', () => resolve('failed'));
      worker.addEventListener('message', ({ data }: MessageEvent<FromBrain>) => {
        if (data.type === 'result') resolve(data.result);
        if (data.type === 'failed') resolve('failed');
      });
      worker.postMessage(computation(plan, settings));
    });
  } finally {
    worker.terminate();
  }
}
