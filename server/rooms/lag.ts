import { clockStep } from '../../shared/clock.ts';
import { BEHIND, TIMING } from '../../shared/limits.ts';
import { stepsClosed, windowsClosed } from '../../shared/run/settings.ts';
import type { Roster } from './roster.ts';
import { isOver, type Entry, type Run } from './run.ts';

/** What a connected student lacks of the windows it should have, for longer than reports are under way. */
export interface Lag {
  /** Server time from which it has been noticed. */
  since: number;
  /** Steps that the pages have been told; null while it may yet be a hiccup. */
  told: number | null;
  /** The class no longer waits for this student. */
  isLong: boolean;
}

/**
 * Notes who does not keep pace: the slow, and the late who are catching up. How far behind they are
 * is rounded and told anew only when it has clearly changed, so that a lag that grows with every
 * step costs few messages. Unlike a silence, a lag is not broken by a window, but by being level.
 * @returns those of whom the pages have something new to be told
 */
export function noticeLag(run: Run, roster: Roster, now: number): number[] {
  const news: number[] = [];
  const halfHave = run.clock?.kind === 'race' ? windowsOfHalf(run) : 0;
  for (const entry of run.all) {
    const isHere = roster.get(entry.participant)?.presence.state === 'here';
    const steps = isHere ? lagOf(run, entry, halfHave, now) : 0;
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
  entry.lag ??= { since: now, told: null, isLong: false };
  if (now - entry.lag.since < TIMING.behind) return false;
  entry.lag.isLong = now - entry.lag.since >= TIMING.patience;
  const rounded = Number(steps.toPrecision(2));
  const ratio = before === null ? Infinity : Math.max(rounded / before, before / rounded);
  if (ratio < BEHIND.toldAnew) return false;
  entry.lag.told = rounded;
  return true;
}

/** Steps that a student lacks, of those whose windows have closed; 0 within what is tolerated. */
function lagOf({ clock, grid }: Run, entry: Entry, halfHave: number, now: number): number {
  if (!clock || entry.rate === null || isOver(entry)) return 0;
  const done = stepsClosed(grid, entry.losses.length);
  if (clock.kind === 'race') {
    // Who has fallen behind cannot catch up while the race is halted.
    const isFar = clock.going && entry.losses.length * BEHIND.times < halfHave;
    return isFar ? stepsClosed(grid, halfHave) - done : 0;
  }
  const steps = stepsClosed(grid, windowsClosed(grid, clockStep(clock, now))) - done;
  const tolerated = Math.max(
    (BEHIND.ms * clock.stepsPerSecond) / 1_000,
    BEHIND.windows * grid.every,
  );
  return steps > tolerated ? steps : 0;
}

/** Windows that at least half of those have who have not diverged. */
function windowsOfHalf({ all }: Run): number {
  const lengths = [...all]
    .filter(({ rate, divergedAt }) => rate !== null && divergedAt === null)
    .map(({ losses }) => losses.length)
    .sort((a, b) => b - a);
  return lengths[Math.ceil(lengths.length / 2) - 1] ?? 0;
}
