import { TIMING } from '../../shared/limits.ts';
import { deviceTime } from './deviceTime.ts';

/** Ms between a device's two clocks that only sleep, or somebody who sets one of them, explains. */
const JUMP = 500;

/**
 * Calls `woke` whenever this page may have missed something: it is shown again, the network is back,
 * or the device has slept, which shows where one of its clocks has stood still or its timers have.
 * @returns what ends it
 */
export function onWake(woke: () => void): () => void {
  const shown = () => {
    if (document.visibilityState === 'visible') woke();
  };
  const restored = (event: PageTransitionEvent) => {
    if (event.persisted) woke();
  };
  let before = clocks();
  const timer = setInterval(() => {
    const now = clocks();
    const jumped = Math.abs(now.system - now.device - (before.system - before.device)) > JUMP;
    const rested = !document.hidden && now.device - before.device > TIMING.workerSilence;
    before = now;
    if (jumped || rested) woke();
  }, TIMING.wakeWatch);
  document.addEventListener('visibilitychange', shown);
  window.addEventListener('pageshow', restored);
  window.addEventListener('online', woke);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('pageshow', restored);
    window.removeEventListener('online', woke);
  };
}

function clocks(): { system: number; device: number } {
  return { system: Date.now(), device: deviceTime() };
}
