import type { Verdict } from '../../shared/protocol/views.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import type { Claim } from '../rooms/verifier.ts';

/** To the thread that replays, which does one thing at a time. */
export type Asked =
  | { ask: 'replay'; id: number; settings: RunSettings; claim: Claim; limit: number }
  /** Nobody waits for that verdict any more. */
  | { ask: 'drop'; id: number };

/** `ms` is what the replay took. */
export interface Told {
  id: number;
  verdict: Verdict;
  ms: number;
}

/** A claim whose arrays are its own: a thread is sent the whole buffer that a window looks on. */
export function ownArrays(claim: Claim): Claim {
  return { ...claim, losses: claim.losses.slice(), evaluations: claim.evaluations.slice() };
}
