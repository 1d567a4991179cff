import type { LiveSession } from '../live/connection.svelte.ts';

/** Where this student stands: what the page's tiles show. */
export interface OwnResult {
  /** From 1; null until the class has a ranking that this student is in. */
  rank: number | null;
  /** Students in the ranking. */
  of: number;
  /** The latest mean loss of a reporting window. */
  loss: number | null;
  /** The latest accuracy on the test images, from 0 to 1. */
  accuracy: number | null;
}

/** Reads the board; follow `session.version` to follow it. */
export function ownResult(session: LiveSession): OwnResult {
  const { board, self, place } = session;
  const losses = self && board.losses.get(self.index);
  const evaluations = self && board.evaluations.get(self.index);
  return {
    rank: place?.rank ?? null,
    of: place?.of ?? 0,
    loss: losses && losses.length > 0 ? losses.at(losses.length - 1) : null,
    accuracy:
      evaluations && evaluations.length > 0 ? evaluations.at(evaluations.length - 1, 1) : null,
  };
}
