import { clockStep } from '../../shared/clock.ts';
import { BEHIND, TIMING } from '../../shared/limits.ts';
import { stepsClosed, windowsClosed } from '../../shared/run/settings.ts';
import type { Roster } from './roster.ts';
import { isOver, type Entry, type Run } from './run.ts';

/** What a connected student lacks of the clock's windows, for longer than reports are under way. */
export interface Lag {
  /** Server time from which it has been noticed. */
  since: number;
  /** Steps that the pages have been told; null while it may yet be a hiccup. */
  told: number | null;
}

/**
 * Notes who does not keep pace with the clock: the slow, and the late who are catching up. How far
 * behind they are is rounded and told anew only when it has clearly changed, so that a lag that
 * grows with every step costs few messages. A race has no pace to keep.
 * @returns those of whom the pages have something new to be told
 */
export function noticeLag(run: Run, roster: Roster, now: number): number[] {
  const news: number[] = [];
  for (const entry of run.all) {
    const isHere = roster.get(entry.participant)?.presence.state === 'here';
    const steps = isHere ? lagOf(run, entry, now) : 0;
    if (follow(entry, steps, now)) news.push(entry.participant);
  }
  return news;
}

/** Whether what is to be told of this student has changed. */
function follow(entry: Entry, steps: number, now: number): boolean {
  const before = entry.lag?.told ?? null;
  if (steps === 0) {
    entry.lag = null;
    return before !== null;
  }
  entry.lag ??= { since: now, told: null };
  if (now - entry.lag.since < TIMING.behind) return false;
  const rounded = Number(steps.toPrecision(2));
  const ratio = before === null ? Infinity : Math.max(rounded / before, before / rounded);
  if (ratio < BEHIND.toldAnew) return false;
  entry.lag.told = rounded;
  return true;
}

/** Steps behind the clock, of those whose windows have closed; 0 within what is tolerated. */
function lagOf({ clock, grid }: Run, entry: Entry, now: number): number {
  if (clock?.kind !== 'paced' || entry.rate === null || isOver(entry)) return 0;
  const due = stepsClosed(grid, windowsClosed(grid, clockStep(clock, now)));
  const steps = due - stepsClosed(grid, entry.losses.length);
  const tolerated = Math.max(
    (BEHIND.ms * clock.stepsPerSecond) / 1_000,
    BEHIND.windows * grid.every,
  );
  return steps > tolerated ? steps : 0;
}
