import type { FromWorker, ToWorker } from './messages.ts';
import { WorkerRun } from './workerRun.ts';

/**
 * The student's model trains here, away from the page. One run at a time; whatever goes wrong is
 * said to the page rather than lost in the worker.
 */
let current: WorkerRun | null = null;
let run = 0;

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'run':
      current?.end();
      run = data.run;
      current = new WorkerRun(data, tell);
      break;
    case 'clock':
      current?.follow(data.clock, data.offset);
      break;
    case 'halt':
      current?.end();
      current = null;
      break;
  }
});

self.addEventListener('error', () => {
  current?.end();
  current = null;
  tell({ run, type: 'failed', reason: 'internal' });
});
