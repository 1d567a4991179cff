import type { Logger } from 'pino';
import { TIMING } from '../../shared/limits.ts';
import type { TimeSource } from '../time.ts';
import type { Rooms } from './rooms.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Deletes sessions `days` days after their last use, and what was set aside as damaged: first a moment after the start, when those
 * who were connected before it are back, then every hour.
 * @returns what ends it
 */
export function keepFor(
  days: number,
  { rooms, time, log }: { rooms: Rooms; time: TimeSource; log: Logger },
): () => void {
  let callOff = () => {};
  const sweepIn = (ms: number) => {
    callOff = time.after(ms, () => {
      rooms.sweep(days * DAY_MS).catch((error: unknown) => {
        log.error({ err: error }, 'old sessions could not be deleted');
      });
      rooms.sweepDamaged(days * DAY_MS).catch((error: unknown) => {
        log.error({ err: error }, 'what was damaged and is old could not be deleted');
      });
      sweepIn(TIMING.retentionSweep);
    });
  };
  sweepIn(TIMING.firstSweep);
  return () => callOff();
}
