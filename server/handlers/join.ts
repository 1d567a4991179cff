import { REFUSALS } from '../../shared/protocol/codes.ts';
import { PROTOCOL_VERSION, type RefusedAck } from '../../shared/protocol/events.ts';
import type { Found } from '../guard/lookups.ts';
import { done, refused } from '../rooms/answers.ts';
import { brainPlan } from '../rooms/brain.ts';
import { instruct, join, resume, studentWelcome, watch } from '../rooms/entrance.ts';
import type { Room } from '../rooms/room.ts';
import type { Context, Handlers, Seat } from './context.ts';

/** How a connection enters a session, and what it may ask in any role. */
export const entering: Handlers<
  'join' | 'resume' | 'instruct' | 'watch' | 'time' | 'snapshot' | 'predictions' | 'brain'
> = {
  async join(context, { version, code, name, secret, simulated = false }) {
    const found = await roomFor(context, version, code);
    if ('refusal' in found) return notFound(found);
    const { room } = found;
    // A connection that has a seat may only repeat the join that gave it. [P26]
    const before = room.roster.withSecret(secret);
    const repeats = before && maySit(context, { role: 'student', room, index: before.index });
    if (context.seat && !repeats) return refused(REFUSALS.notAllowed);
    const ack = join(room, context.peer, { name, secret, simulated });
    if (!ack.ok) return ack;
    context.sit({ role: 'student', room, index: ack.index });
    // A place that is given outlives the server; what happened meanwhile is in the answer.
    await room.journal.settled();
    return { ...ack, ...studentWelcome(room, ack) };
  },

  async resume(context, { version, code, index, secret }) {
    const found = await roomFor(context, version, code);
    if ('refusal' in found) return notFound(found);
    const { room } = found;
    const seat: Seat = { role: 'student', room, index };
    if (!maySit(context, seat)) return refused(REFUSALS.notAllowed);
    const ack = resume(room, context.peer, index, secret);
    if (ack.ok) context.sit(seat);
    return ack;
  },

  async instruct(context, { version, code, secret }) {
    const found = await roomFor(context, version, code);
    if ('refusal' in found) return notFound(found);
    const { room } = found;
    const seat: Seat = { role: 'instructor', room };
    if (!maySit(context, seat)) return refused(REFUSALS.notAllowed);
    const ack = instruct(room, context.peer, secret);
    if (ack.ok) context.sit(seat);
    return ack;
  },

  async watch(context, { version, code }) {
    const found = await roomFor(context, version, code);
    if ('refusal' in found) return notFound(found);
    const { room } = found;
    const seat: Seat = { role: 'projector', room };
    if (!maySit(context, seat)) return refused(REFUSALS.notAllowed);
    const ack = watch(room, context.peer);
    if (ack.ok) context.sit(seat);
    return ack;
  },

  time: ({ now }) => ({ ok: true, now: now() }),

  predictions: ({ seat }) =>
    seat
      ? { ok: true, ...seat.room.predictions.of(seat.role === 'student' ? seat.index : null) }
      : refused(REFUSALS.notAllowed),

  brain: ({ seat }) => {
    if (!seat) return refused(REFUSALS.notAllowed);
    const plan = brainPlan(seat.room);
    return 'refusal' in plan ? refused(plan.refusal) : { ok: true, ...plan };
  },

  /** The frame itself follows the answer. */
  snapshot: ({ seat }) => (seat ? done() : refused(REFUSALS.notAllowed)),
};

async function roomFor({ find }: Context, version: number, code: string): Promise<Found> {
  return version === PROTOCOL_VERSION ? find(code) : { refusal: REFUSALS.wrongVersion };
}

function notFound({ refusal, retryAfter }: Exclude<Found, { room: Room }>): RefusedAck {
  return { ...refused(refusal), ...(retryAfter !== undefined && { retryAfter }) };
}

/** A connection speaks in one role; taking the same seat again is a repeat. [P5] */
function maySit({ seat }: Context, wanted: Seat): boolean {
  if (!seat) return true;
  if (seat.room !== wanted.room || seat.role !== wanted.role) return false;
  return seat.role !== 'student' || (wanted.role === 'student' && seat.index === wanted.index);
}
