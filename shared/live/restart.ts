import { TIMING } from '../limits.ts';

/** How long a page waits before it returns to a server that restarts, in ms: a class must not come back at one moment. */
export function restartPause(random = Math.random()): number {
  const { from, to } = TIMING.restart;
  return from + random * (to - from);
}
