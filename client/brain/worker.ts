import { WORKSHOP } from '../../shared/data/linear.ts';
import { lineBrain } from '../../shared/run/lineBrain.ts';
import { Kernels } from '../worker/kernels.ts';
import { ComputedBrain } from './computedBrain.ts';
import type { FromBrain, ToBrain } from './messages.ts';

/** The class brain is computed here, away from the page and from the student's own training. */
const kernels = new Kernels();
let brain: ComputedBrain | null = null;

function tell(message: FromBrain): void {
  self.postMessage(message);
}

async function compute({ plan, settings, dataUrl }: Extract<ToBrain, { type: 'compute' }>) {
  brain?.end();
  brain = null;
  if (settings.experiment === 'linear') {
    tell({ type: 'result', result: lineBrain(plan, settings, WORKSHOP) });
    return;
  }
  brain = new ComputedBrain(plan, settings, dataUrl, await kernels.ready(), tell);
  brain.begin();
}

self.addEventListener('message', ({ data }: MessageEvent<ToBrain>) => {
  if (data.type === 'draw') brain?.draw(data.pixels);
  else compute(data).catch(() => tell({ type: 'failed', reason: 'internal' }));
});

self.addEventListener('error', () => tell({ type: 'failed', reason: 'internal' }));
