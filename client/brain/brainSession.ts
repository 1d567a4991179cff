import type { NO_ANSWER } from '../../shared/live/answer.ts';
import type { Refusal } from '../../shared/protocol/codes.ts';
import type { SessionView } from '../../shared/protocol/views.ts';
import type { BrainPlan } from '../../shared/run/brainMembers.ts';

export type AskedBrain =
  ({ ok: true } & BrainPlan) | { ok: false; code: Refusal | typeof NO_ANSWER };

/** What a class brain needs to know of a session: a `LiveSession` is one, and a browser alone. */
export interface BrainSession {
  readonly view: SessionView | null;
  /** What the class brain of the present run, which is over, is made of. */
  brainPlan(): Promise<AskedBrain>;
}
