import { deviceTime } from '../live/deviceTime.ts';
import type { Kernels } from './kernels.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { SharedImages } from './sharedImages.ts';
import { WorkerRun } from './workerRun.ts';

/** The way to a page and back: the worker's own, or a port that the page has sent. */
export interface Line {
  postMessage(message: FromWorker, options: { transfer: Transferable[] }): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void): void;
}

/**
 * Trains one model for the page at the other end of the line, one run at a time; whatever goes wrong
 * is said to the page rather than lost in the worker.
 */
export function serve(line: Line, kernels: Kernels): void {
  let current: WorkerRun | null = null;
  let run = 0;
  /** Messages are taken one after another, in their order. */
  let turn = Promise.resolve();

  function tell(message: FromWorker, transfer: Transferable[] = []): void {
    line.postMessage(message, { transfer });
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
        const createSpace = isLinear ? () => null : await kernels.ready();
        const images = SharedImages.of(message);
        const space = images ? images.space(createSpace) : createSpace();
        current = new WorkerRun(message, space, images, tell);
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

  line.addEventListener('message', ({ data }) => {
    // At once, or the time would be that of its turn.
    if (data.type === 'time') {
      tell({ run, type: 'time', asked: data.asked, now: deviceTime() });
      return;
    }
    turn = turn.then(() => take(data)).catch(fail);
  });

  self.addEventListener('error', fail);
}
