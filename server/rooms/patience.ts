import { TIMING } from '../../shared/limits.ts';
import type { Roster } from './roster.ts';
import type { Entry, Run } from './run.ts';

/** Whether the class waits for this student: connected, or gone for a moment only, and neither silent nor behind for long. */
export function isAwaited(
  { participant, silence, lag }: Entry,
  roster: Roster,
  now: number,
): boolean {
  return roster.isPresent(participant, now) && !silence?.isLong && !lag?.isLong;
}

/**
 * Notes when half of those who take part have come to the end of the run. Who diverged counts on
 * neither side: a run can leave in its first steps, and says nothing of how long it takes.
 */
export function noticeHalf(run: Run, roster: Roster, now: number): void {
  if (run.halfAt !== null) return;
  let arrived = 0;
  let onTheirWay = 0;
  for (const entry of run.all) {
    if (entry.rate === null || entry.divergedAt !== null) continue;
    if (entry.losses.isFull) arrived += 1;
    else if (isAwaited(entry, roster, now)) onTheirWay += 1;
  }
  if (arrived > 0 && arrived >= onTheirWay) run.halfAt = now;
}

/** Whether whoever has not come to the end by now has had the time for it. A race that is halted waits. [P34] */
export function isLastCallOver({ clock, halfAt }: Run, now: number): boolean {
  if (!clock || halfAt === null) return false;
  const { min, max } = TIMING.lastCall;
  if (clock.kind === 'paced') return now - halfAt >= min;
  const needed = Math.min(max, Math.max(min, halfAt - clock.at));
  return clock.going && now - Math.max(halfAt, clock.at) >= needed;
}
