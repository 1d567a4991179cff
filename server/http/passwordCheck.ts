import * as v from 'valibot';
import { PASSWORD_TRIES, SLOW_LINE } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { Buckets } from '../guard/buckets.ts';
import { SlowLine } from '../guard/slowLine.ts';
import { Tickets } from '../guard/tickets.ts';
import { hashSecret, isSecret } from '../rooms/secrets.ts';
import type { TimeSource } from '../time.ts';

export interface Failure {
  status: number;
  code: Refusal;
  /** In ms. */
  retryAfter?: number;
}

/** Somebody may open a session; `ticket` for the next time, where there is none yet and a password is asked for. */
export type Allowed = { ticket?: string };

/**
 * @param body of the request
 * @param onGone calls an action when the one who asks waits no longer
 */
type Check = (
  body: unknown,
  address: string,
  onGone: (action: () => void) => void,
) => Promise<Failure | Allowed>;

const OPENING = v.object({
  password: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
  ticket: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/** Decides who may open a session. Past some wrong passwords of an address all of its are checked slowly. [P95] */
export function passwordCheck(password: string | null, clock: TimeSource): Check {
  if (password === null) return () => Promise.resolve({});
  const hash = hashSecret(password);
  const tickets = new Tickets(password);
  const tries = new Buckets(PASSWORD_TRIES, () => clock.now());
  const line = new SlowLine(clock);
  return async (body, address, onGone) => {
    const opening = v.safeParse(OPENING, body ?? {});
    if (!opening.success) return { status: 400, code: REFUSALS.badMessage };
    const { password: claimed, ticket } = opening.output;
    if (claimed === undefined) return { status: 401, code: REFUSALS.passwordNeeded };
    const holder = ticket === undefined ? null : tickets.holder(ticket);
    // Whoever guesses at the same address cannot use up the tries of one who has opened sessions before.
    const key = holder === null ? address : `ticket ${holder}`;
    if (tries.wait(key) > 0) {
      const place = line.enter(key);
      if (typeof place === 'number') {
        return { status: 429, code: REFUSALS.tooManyRequests, retryAfter: place };
      }
      onGone(place.giveUp);
      const endPatience = clock.after(SLOW_LINE.patience, place.giveUp);
      const hasTurn = await place.turn;
      endPatience();
      if (!hasTurn) {
        return { status: 429, code: REFUSALS.tooManyRequests, retryAfter: SLOW_LINE.pause };
      }
    }
    if (isSecret(claimed, hash)) return holder === null ? { ticket: tickets.issue() } : {};
    tries.take(key);
    return { status: 403, code: REFUSALS.wrongPassword };
  };
}
