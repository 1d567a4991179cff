import type { ParticipantView } from '../../shared/protocol/views.ts';
import type { Board } from '../live/board.ts';

/** What the server's replays of an ended run have shown so far. */
export interface Replays {
  /** Participants who have reported anything. */
  reported: number;
  pending: number;
  verified: number;
  unchecked: number;
  /** Names of those whose losses are not what their run computes. */
  refuted: string[];
}

export function replays(participants: Iterable<ParticipantView>, board: Board): Replays {
  const found: Replays = { reported: 0, pending: 0, verified: 0, unchecked: 0, refuted: [] };
  for (const { index, name, status, verdict } of participants) {
    const length = board.losses.get(index)?.length ?? 0;
    if (!verdict && length === 0 && status.state !== 'diverged') continue;
    found.reported += 1;
    switch (verdict?.state) {
      case undefined:
        found.pending += 1;
        break;
      case 'refuted':
        found.refuted.push(name);
        break;
      case 'verified':
      case 'unchecked':
        found[verdict.state] += 1;
    }
  }
  return found;
}
