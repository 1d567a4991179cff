import type { Ack } from '../protocol/events.ts';

/** What a sender makes of a message that nobody answered in time; never crosses the wire. */
export const NO_ANSWER = 'no_answer';

/** The server's answer, or the knowledge that there was none. */
export type Answered<T = unknown> = Ack<T> | { ok: false; code: typeof NO_ANSWER };
