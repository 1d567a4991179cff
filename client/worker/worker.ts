import { deviceTime } from '../live/deviceTime.ts';
import { loadKernels, type CreateSpace } from './kernels.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { WorkerRun } from './workerRun.ts';

/**
 * The student's model trains here, away from the page. One run at a time; whatever goes wrong is
 * said to the page rather than lost in the worker.
 */
let current: WorkerRun | null = null;
let run = 0;
const kernels = loadKernels();

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function fail(): void {
  current?.end();
  current = null;
  tell({ run, type: 'failed', reason: 'internal' });
}

function take(message: Exclude<ToWorker, { type: 'time' }>, createSpace: CreateSpace): void {
  switch (message.type) {
    case 'run':
      current?.end();
      run = message.run;
      current = new WorkerRun(message, createSpace, tell);
      break;
    case 'clock':
      current?.follow(message.clock, message.offset);
      break;
    case 'draw':
      current?.draw(message.pixels);
      break;
    case 'examine':
      current?.examine();
      break;
    case 'halt':
      current?.end();
      current = null;
      break;
  }
}

// Listening from the start: what comes while the kernels load waits for them, in its order.
self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  // At once, or the time would be that of the kernels' arrival.
  if (data.type === 'time') {
    tell({ run, type: 'time', asked: data.asked, now: deviceTime() });
    return;
  }
  kernels.then((createSpace) => take(data, createSpace)).catch(fail);
});

self.addEventListener('error', fail);
