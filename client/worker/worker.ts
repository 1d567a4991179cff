import { deviceTime } from '../live/deviceTime.ts';
import { Kernels } from './kernels.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { WorkerRun } from './workerRun.ts';

/**
 * The student's model trains here, away from the page. One run at a time; whatever goes wrong is
 * said to the page rather than lost in the worker.
 */
let current: WorkerRun | null = null;
let run = 0;
const kernels = new Kernels();
/** Messages are taken one after another, in their order. */
let turn = Promise.resolve();

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function fail(): void {
  current?.end();
  current = null;
  tell({ run, type: 'failed', reason: 'internal' });
}

async function take(message: Exclude<ToWorker, { type: 'time' }>): Promise<void> {
  switch (message.type) {
    case 'run': {
      current?.end();
      run = message.run;
      const isLinear = message.settings.experiment === 'linear';
      const space = isLinear ? null : (await kernels.ready())();
      current = new WorkerRun(message, space, tell);
      break;
    }
    case 'clock':
      current?.follow(message);
      break;
    case 'draw':
      current?.draw(message.pixels);
      break;
    case 'examine':
      current?.examine();
      break;
    case 'filters':
      current?.showInside();
      break;
    case 'export':
      current?.export();
      break;
    case 'halt':
      current?.end();
      current = null;
      break;
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  // At once, or the time would be that of its turn.
  if (data.type === 'time') {
    tell({ run, type: 'time', asked: data.asked, now: deviceTime() });
    return;
  }
  turn = turn.then(() => take(data)).catch(fail);
});

self.addEventListener('error', fail);
