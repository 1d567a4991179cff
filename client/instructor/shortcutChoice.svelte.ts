import { keep, recall } from '../live/storage.ts';

const KEY = 'build-a-brain:shortcuts';
const chosen = $state({ on: recall(KEY) !== 'off' });

/**
 * Whether keys alone do something on this device. Who speaks to the computer, or touches keys by
 * accident, can switch that off (WCAG 2.1.4).
 */
export function shortcutsAreOn(): boolean {
  return chosen.on;
}

export function switchShortcuts(on: boolean): void {
  chosen.on = on;
  keep(KEY, on ? 'on' : 'off');
}
