import type { Verdict } from '../../shared/protocol/views.ts';
import type { RunSettings } from '../../shared/run/settings.ts';

/** What a participant reported of a run. The arrays are windows on live columns: copy what is kept. */
export interface Claim {
  participant: number;
  rate: number;
  /** Mean loss of each reporting window, from the first on. */
  losses: Float32Array;
  /** (loss, accuracy) pairs, from the first evaluation on. */
  evaluations: Float32Array;
  divergedAt: number | null;
}

/** Claims about the runs of one plan, to be replayed in this order. */
export interface Order {
  settings: RunSettings;
  claims: readonly Claim[];
  /** Ms that the replays may take in all; the claims left over are `unchecked`. */
  limit: number;
}

export interface OrderListener {
  found(claim: Claim, verdict: Verdict): void;
  /** Every claim has its verdict. */
  done(): void;
}

/** How a room has runs replayed, away from the thread that serves the class. */
export interface Verifier {
  /** Never calls the listener before it returns what calls the rest off. */
  verify(order: Order, listener: OrderListener): () => void;
}
