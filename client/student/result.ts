import { rankingLoss, rankingSpan } from '../../shared/run/ranking.ts';
import type { LiveSession } from '../live/connection.svelte.ts';

/** Where this student stands: what the page's tiles show. */
export interface OwnResult {
  /** From 1; null until the class has a ranking that this student is in. */
  rank: number | null;
  /** Students in the ranking. */
  of: number;
  /** The loss by which the class is ranked, of what is known of this student. */
  loss: number | null;
  /** The latest accuracy on the test images, from 0 to 1. */
  accuracy: number | null;
}

/** Reads the board; follow `session.version` to follow it. */
export function ownResult(session: LiveSession): OwnResult {
  const { board, self, place, view } = session;
  const losses = self && board.losses.get(self.index);
  const evaluations = self && board.evaluations.get(self.index);
  // At the end as many as of everybody; before it a student wants to see the newest.
  const everybodys = view?.phase === 'finished' ? board.standings.arrived : 0;
  const comparable = Math.min(losses?.length ?? 0, everybodys || Infinity);
  return {
    rank: place?.rank ?? null,
    of: place?.of ?? 0,
    loss:
      losses && view?.run
        ? rankingLoss(losses.slice(0), comparable, rankingSpan(view.run.settings))
        : null,
    accuracy:
      evaluations && evaluations.length > 0 ? evaluations.at(evaluations.length - 1, 1) : null,
  };
}
