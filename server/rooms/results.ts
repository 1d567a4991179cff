import type { RunPlan, Verdict } from '../../shared/protocol/views.ts';
import { betPoints, type Bet } from '../../shared/run/bets.ts';
import type { Judgement } from '../../shared/run/judgement.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { evaluationSteps, windowEnd } from '../../shared/run/settings.ts';
import { rank } from './leaderboard.ts';
import type { Room } from './room.ts';
import { isOver, type Entry, type Run } from './run.ts';

/** A run as it leaves the server; participants are made one at a time, as there may be many. */
export interface RunResults extends RunPlan {
  number: number;
  /** Windows at which everybody is ranked. */
  arrived: number;
  participants: () => Iterable<ParticipantResults>;
}

export interface ParticipantResults {
  index: number;
  name: string;
  simulated: boolean;
  /** From 1; null without a learning rate, and for losses that a replay has refuted. */
  rank: number | null;
  rate: number | null;
  state: 'done' | 'diverged' | 'unfinished';
  divergedAt: number | null;
  verdict: Verdict['state'] | null;
  /** What the student has bet on the rate, and what the rate turned out to be once the run was over. */
  bet: Bet | null;
  outcome: Judgement | null;
  betPoints: number | null;
  /** Mean loss of the reporting window that closed when so many steps were done. */
  losses: { steps: number; loss: number }[];
  /** On the test images. */
  evaluations: { steps: number; loss: number; accuracy: number }[];
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

function* participants(room: Room, run: Run): Iterable<ParticipantResults> {
  const { arrived } = run.standings;
  const contenders = [...run.all]
    .filter(({ participant, rate }) => rate !== null && room.roster.get(participant))
    .map((entry) => ({ ...entry, awaited: false }));
  const { order } = rank(contenders, arrived, rankingSpan(run.plan.settings));
  const places = new Map(order.map((participant, k) => [participant, k + 1]));
  const steps = evaluationSteps(run.plan.settings);
  for (const entry of run.all) {
    const participant = room.roster.get(entry.participant);
    if (!participant) continue;
    const { index, name, simulated } = participant;
    const isRefuted = entry.verdict?.state === 'refuted';
    const evaluations = entry.evaluations.slice(0);
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
      losses: [...entry.losses.slice(0)].map((loss, k) => ({
        steps: windowEnd(run.grid, k),
        loss,
      })),
      evaluations: Array.from({ length: entry.evaluations.length }, (_, k) => ({
        steps: steps[k]!,
        loss: evaluations[2 * k]!,
        accuracy: evaluations[2 * k + 1]!,
      })),
    };
  }
}

function stateOf(entry: Entry): ParticipantResults['state'] {
  if (entry.divergedAt !== null) return 'diverged';
  return isOver(entry) ? 'done' : 'unfinished';
}
