import type { ParticipantView, RunView } from '../../shared/protocol/views.ts';
import { rankingLoss, rankingSpan } from '../../shared/run/ranking.ts';
import { windowEnd } from '../../shared/run/settings.ts';
import type { Board } from '../live/board.ts';

/** A participant as the leaderboard and the sweep show it, all at the same step. */
export interface Standing {
  participant: ParticipantView;
  /** From 1; null for who has no loss to compare: diverged, refuted, behind, or without a learning rate. */
  rank: number | null;
  /** The loss that decided the rank. */
  loss: number | null;
  /** On the test images, at the last evaluation that is known of everybody compared. */
  accuracy: number | null;
  /** Has yet to reach the step at which the others are compared. */
  behind: boolean;
}

/** Everybody in the order that the server decided; who is in no order yet comes after. */
export function standings(
  run: RunView | null,
  participants: ReadonlyMap<number, ParticipantView>,
  board: Board,
): Standing[] {
  const { arrived, order } = board.standings;
  const ranked = order.flatMap((index) => participants.get(index) ?? []);
  const listed = new Set(order);
  const rest = [...participants.values()].filter(({ index }) => !listed.has(index));
  const step = comparedStep(board);
  const compares = ({ index, status, verdict }: ParticipantView) =>
    run !== null &&
    arrived > 0 &&
    status.state !== 'diverged' &&
    verdict?.state !== 'refuted' &&
    (board.losses.get(index)?.length ?? 0) >= arrived;
  const evaluation = Math.min(
    board.evaluationSteps.findLastIndex((due) => due <= step),
    ...ranked.filter(compares).map(({ index }) => (board.evaluations.get(index)?.length ?? 0) - 1),
  );
  let rank = 0;
  return [...ranked, ...rest.sort((a, b) => a.index - b.index)].map((participant) => {
    const { index, status, verdict } = participant;
    const refuted = verdict?.state === 'refuted';
    const losses = board.losses.get(index);
    const evaluations = board.evaluations.get(index);
    const diverged = status.state === 'diverged';
    const length = losses?.length ?? 0;
    const loss =
      run && losses && compares(participant)
        ? rankingLoss(losses.slice(0), arrived, rankingSpan(run.settings))
        : null;
    return {
      participant,
      rank: loss === null ? null : ++rank,
      loss,
      accuracy:
        !diverged && !refuted && evaluation >= 0 && evaluations && evaluations.length > evaluation
          ? evaluations.at(evaluation, 1)
          : null,
      behind: arrived > 0 && !diverged && participant.rate !== null && length < arrived,
    };
  });
}

/** Steps done at the window at which everybody is compared; 0 before the first. */
export function comparedStep(board: Board): number {
  const { arrived } = board.standings;
  return arrived === 0 ? 0 : windowEnd(board.grid, arrived - 1);
}

/** What a run's curves amount to, for a summary in words. */
export interface Outcome {
  curves: number;
  diverged: number;
  best: { name: string; rate: number; loss: number } | null;
}

export function outcome(all: readonly Standing[]): Outcome {
  const withRate = all.filter(({ participant }) => participant.rate !== null);
  const first = all.find(({ rank }) => rank === 1);
  const rate = first?.participant.rate ?? null;
  return {
    curves: withRate.length,
    diverged: withRate.filter(({ participant }) => participant.status.state === 'diverged').length,
    best:
      first && rate !== null && first.loss !== null
        ? { name: first.participant.name, rate, loss: first.loss }
        : null,
  };
}
