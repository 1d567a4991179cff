import { Kernels } from './kernels.ts';
import { serve } from './line.ts';

/**
 * Models train here, away from the page: one at the worker's own line, and one more at each port that
 * the page sends. They take turns.
 */
const kernels = new Kernels();

self.addEventListener('message', (event: MessageEvent) => {
  const [port] = event.ports;
  if (!port) return;
  // Which is no message to the model at the worker's own line.
  event.stopImmediatePropagation();
  serve(port, kernels);
  port.start();
});

serve(self, kernels);
