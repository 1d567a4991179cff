import type { ParticipantResults, RunSummary } from '../../shared/protocol/results.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { betPoints } from '../../shared/run/bets.ts';
import { rankingLoss, rankingSpan } from '../../shared/run/ranking.ts';
import { recordedPoints } from '../../shared/run/recordedPoints.ts';
import { stepsClosed } from '../../shared/run/settings.ts';
import { rank } from '../../shared/live/leaderboard.ts';
import type { Room } from './room.ts';
import { isOver, type Entry, type Run } from './run.ts';

/** A run as it leaves the server; participants are made one at a time, as there may be many. */
export interface RunResults extends RunPlan {
  number: number;
  /** Windows at which everybody is ranked. */
  arrived: number;
  participants: () => Iterable<ParticipantResults>;
}

/** All runs that the session remembers and that have begun, the oldest first. Who was removed is left out. */
export function resultsOf(room: Room): RunResults[] {
  room.predictions.judge();
  const begun = room.runs.filter(({ hasBegun }) => hasBegun);
  return begun.map((run) => ({
    ...run.plan,
    number: run.number,
    arrived: run.standings.arrived,
    participants: () => participants(room, run),
  }));
}

/** The same runs in a few words each. */
export function summariesOf(room: Room): RunSummary[] {
  return room.runs.filter(({ hasBegun }) => hasBegun).map((run) => summary(room, run));
}

function summary(room: Room, run: Run): RunSummary {
  const { arrived } = run.standings;
  const span = rankingSpan(run.plan.settings);
  const entries = [...run.all].filter(
    ({ participant, rate }) => rate !== null && room.roster.get(participant),
  );
  const { order } = rank(
    entries.map((entry) => ({ ...entry, awaited: false })),
    arrived,
    span,
  );
  const leader = order.map((participant) => run.entry(participant)).find((entry) => entry);
  const isSound =
    leader !== undefined &&
    leader.divergedAt === null &&
    leader.verdict?.state !== 'refuted' &&
    leader.losses.length >= arrived;
  const loss = isSound ? rankingLoss(leader.losses.slice(0), arrived, span) : null;
  const name = leader && room.roster.get(leader.participant)?.name;
  return {
    ...run.plan,
    number: run.number,
    isOver: run !== room.run || room.phase === 'finished',
    steps: stepsClosed(run.grid, arrived),
    students: entries.length,
    done: entries.filter((entry) => stateOf(entry) === 'done').length,
    diverged: entries.filter((entry) => stateOf(entry) === 'diverged').length,
    best: name && loss !== null ? { name, rate: leader.rate!, loss } : null,
  };
}

function* participants(room: Room, run: Run): Iterable<ParticipantResults> {
  const { arrived } = run.standings;
  const contenders = [...run.all]
    .filter(({ participant, rate }) => rate !== null && room.roster.get(participant))
    .map((entry) => ({ ...entry, awaited: false }));
  const { order } = rank(contenders, arrived, rankingSpan(run.plan.settings));
  const places = new Map(order.map((participant, k) => [participant, k + 1]));
  for (const entry of run.all) {
    const participant = room.roster.get(entry.participant);
    if (!participant) continue;
    const { index, name, simulated } = participant;
    const isRefuted = entry.verdict?.state === 'refuted';
    yield {
      ...{
        index,
        name,
        simulated,
        rank: isRefuted ? null : (places.get(index) ?? null),
        rate: entry.rate,
      },
      ...{ state: stateOf(entry), divergedAt: entry.divergedAt },
      verdict: entry.verdict?.state ?? null,
      ...{
        bet: entry.bet,
        outcome: entry.outcome,
        betPoints: entry.bet && betPoints(entry.bet, entry.outcome),
      },
      ...recordedPoints(run.plan.settings, entry),
    };
  }
}

function stateOf(entry: Entry): ParticipantResults['state'] {
  if (entry.divergedAt !== null) return 'diverged';
  return isOver(entry) ? 'done' : 'unfinished';
}
