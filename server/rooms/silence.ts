import { clockStep } from '../../shared/clock.ts';
import { TIMING } from '../../shared/limits.ts';
import { windowsClosed } from '../../shared/run/settings.ts';
import type { Roster } from './roster.ts';
import { isOver, type Entry, type Run } from './run.ts';

/**
 * What a connected student owes: `since` is the server time from which windows that are due have
 * been missing with none arriving; in the end the class waits no longer.
 */
export interface Silence {
  since: number;
  /** The class no longer waits for this student. */
  isLong: boolean;
}

/**
 * Notes who keeps the class waiting, and who has done so for too long. A dropped connection is
 * noticed by itself; this is for phones that sleep and pages that hang with their connection up.
 * @returns those for whom the class has just stopped waiting
 */
export function noticeSilence(run: Run, roster: Roster, now: number): number[] {
  const due = windowsDue(run, now);
  const silent: number[] = [];
  for (const entry of run.all) {
    const isHere = roster.get(entry.participant)?.presence.state === 'here';
    const owes = isHere && entry.rate !== null && !isOver(entry) && entry.losses.length < due;
    if (!owes) entry.silence = null;
    else entry.silence ??= { since: now, isLong: false };
    const { silence } = entry;
    if (!silence || silence.isLong || now - silence.since < TIMING.silence) continue;
    silence.isLong = true;
    silent.push(entry.participant);
  }
  return silent;
}

/** A window has come, or a connection: whatever was owed is waited for anew. */
export function breakSilence(entry: Entry): { wasLong: boolean } {
  const wasLong = entry.silence?.isLong ?? false;
  entry.silence = null;
  return { wasLong };
}

/** Windows that a device should have brought: in a pace those of the clock, in a race those of the first. */
function windowsDue({ clock, grid, all }: Run, now: number): number {
  if (!clock) return 0;
  if (clock.kind === 'paced') return windowsClosed(grid, clockStep(clock, now));
  if (!clock.going) return 0;
  return Math.max(0, ...[...all].map(({ losses }) => losses.length));
}
