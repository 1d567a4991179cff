import type { Standings } from '../../shared/protocol/frame.ts';
import type { ParticipantView, Status } from '../../shared/protocol/views.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { isUnderWay, type Phase } from '../../shared/session.ts';
import { rank } from '../../shared/live/leaderboard.ts';
import { isAwaited, isLastCallOver } from './patience.ts';
import type { Participant, Roster } from './roster.ts';
import { isOver, type Run } from './run.ts';

/** Whether steps of the present run may have been done. */
export function hasStarted(phase: Phase): boolean {
  return phase !== 'lobby' && phase !== 'countdown';
}

/** A participant as the pages see it. */
export function viewOf(participant: Participant, phase: Phase, run: Run | null): ParticipantView {
  const { index, name, simulated } = participant;
  const entry = run?.entry(index);
  const view = {
    index,
    name,
    simulated,
    rate: entry?.rate ?? null,
    status: statusOf(participant, phase, run),
  };
  return {
    ...view,
    ...(entry?.verdict && { verdict: entry.verdict }),
    // Nobody is to copy, so until the start it shows only that there is a bet. [P61]
    ...(entry?.bet && { bet: hasStarted(phase) ? entry.bet : ('secret' as const) }),
    ...(entry?.bet && entry.outcome && { outcome: entry.outcome }),
  };
}

/** What became of the run counts more than the connection: who is done stays done. */
function statusOf({ index, presence }: Participant, phase: Phase, run: Run | null): Status {
  const entry = run?.entry(index);
  if (entry && entry.divergedAt !== null) return { state: 'diverged', atStep: entry.divergedAt };
  if (entry && isOver(entry)) return { state: 'done' };
  if (presence.state === 'away') return { state: 'away', since: presence.since };
  if (entry?.rate === null && phase !== 'lobby') return { state: 'choosing' };
  if (!entry || entry.rate === null || !hasStarted(phase)) return { state: 'ready' };
  if (entry.silence?.isLong) return { state: 'silent', since: entry.silence.since };
  const steps = isUnderWay(phase) ? (entry.lag?.told ?? null) : null;
  return steps === null ? { state: 'training' } : { state: 'behind', steps };
}

/** Everybody whom the class waits for has come to an end, and somebody has. */
export function isComplete(run: Run, roster: Roster, now: number): boolean {
  const waitsForNobody = isLastCallOver(run, now);
  let ended = 0;
  for (const entry of run.all) {
    if (entry.rate === null) continue;
    if (isOver(entry)) ended += 1;
    else if (!waitsForNobody && isAwaited(entry, roster, now)) return false;
  }
  return ended > 0;
}

/** The standings at this moment; they never move back within a run. [P25] */
export function standingsOf(run: Run, roster: Roster, now: number): Standings {
  const waitsForNobody = isLastCallOver(run, now);
  const contenders = [...run.all]
    .filter(({ rate }) => rate !== null)
    .map((entry) => {
      const { participant, losses, divergedAt, verdict } = entry;
      const awaited = waitsForNobody ? isOver(entry) : isAwaited(entry, roster, now);
      return { participant, losses, divergedAt, verdict, awaited };
    });
  return rank(contenders, run.standings.arrived, rankingSpan(run.plan.settings));
}
