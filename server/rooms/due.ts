import { clockStep } from '../../shared/clock.ts';
import { TIMING } from '../../shared/limits.ts';
import type { Phase } from '../../shared/session.ts';
import type { Run } from './run.ts';

/**
 * Steps that a device can have done by now: in a pace those of the common clock, and what a device
 * is ahead whose estimate of the server's time is off. A report of more is ahead of its time: of a
 * page that trained on by its last clock while it heard nothing of a pause, or invented. After the end
 * nothing depends on it any more.
 */
export function stepsDue({ clock, grid }: Run, phase: Phase, now: number): number {
  if (clock?.kind !== 'paced' || phase === 'finished') return grid.steps;
  return clockStep(clock, now + TIMING.ahead);
}
