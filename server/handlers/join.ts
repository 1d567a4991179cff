import { REFUSALS } from '../../shared/protocol/codes.ts';
import { PROTOCOL_VERSION, type Ack, type RefusedAck } from '../../shared/protocol/events.ts';
import type { Found } from '../guard/lookups.ts';
import { done, refused } from '../rooms/answers.ts';
import { brainPlan } from '../rooms/brain.ts';
import { instruct, join, resume, studentWelcome, watch } from '../rooms/entrance.ts';
import { recall } from '../rooms/recall.ts';
import type { Room } from '../rooms/room.ts';
import type { Context, Handlers, Seat } from './context.ts';

/** How a connection enters a session, and what it may ask in any role. */
export const entering: Handlers<
  | 'join'
  | 'resume'
  | 'instruct'
  | 'watch'
  | 'time'
  | 'snapshot'
  | 'predictions'
  | 'brain'
  | 'recall'
> = {
  join: (context, { version, code, name, secret, simulated = false }) =>
    enter(context, version, code, async (room) => {
      const { newcomers } = context;
      // A connection that has a seat may only repeat the join that gave it. [P26]
      const before = room.roster.withSecret(secret);
      const repeats = before && maySit(context, { role: 'student', room, index: before.index });
      if (context.seat && !repeats) return refused(REFUSALS.notAllowed);
      // Who has a place already brings nobody new. [P93]
      const retryAfter = before ? 0 : newcomers.take(room.code);
      if (retryAfter > 0) return { ...refused(REFUSALS.tooManyRequests), retryAfter };
      const ack = join(room, context.peer, { name, secret, simulated });
      if (!ack.ok) {
        if (!before) newcomers.giveBack(room.code);
        return ack;
      }
      context.sit({ role: 'student', room, index: ack.index });
      // A place that is given outlives the server; what happened meanwhile is in the answer.
      await room.journal.settled();
      return { ...ack, ...studentWelcome(room, ack) };
    }),

  resume: (context, { version, code, index, secret }) =>
    enter(context, version, code, (room) =>
      sitDown(context, { role: 'student', room, index }, () =>
        resume(room, context.peer, index, secret),
      ),
    ),

  instruct: (context, { version, code, secret }) =>
    enter(context, version, code, (room) =>
      sitDown(context, { role: 'instructor', room }, () => instruct(room, context.peer, secret)),
    ),

  watch: (context, { version, code, pass }) =>
    enter(context, version, code, (room) =>
      sitDown(context, { role: 'projector', room }, () => watch(room, context.peer, pass)),
    ),

  time: ({ now }) => ({ ok: true, now: now() }),

  predictions: ({ seat }) =>
    seat
      ? { ok: true, ...seat.room.predictions.of(seat.role === 'student' ? seat.index : seat.role) }
      : refused(REFUSALS.notAllowed),

  brain: ({ seat }) => {
    if (!seat) return refused(REFUSALS.notAllowed);
    const plan = brainPlan(seat.room);
    return 'refusal' in plan ? refused(plan.refusal) : { ok: true, ...plan };
  },

  recall: ({ seat }, { run: number }) => {
    if (!seat || seat.role === 'student') return refused(REFUSALS.notAllowed);
    const found = recall(seat.room, seat.role, number);
    return 'refusal' in found ? refused(found.refusal) : { ok: true, ...found };
  },

  /** The frame itself follows the answer. */
  snapshot: ({ seat }) => (seat ? done() : refused(REFUSALS.notAllowed)),
};

/**
 * Has `act` enter the room of a code at the moment at which it is found. In the turns until then a
 * room that nobody uses may have left the memory: who entered that one would be alone in it, so it
 * is looked for again, and comes back from the store.
 */
async function enter<T>(
  context: Context,
  version: number,
  code: string,
  act: (room: Room) => T | Promise<T>,
): Promise<T | RefusedAck> {
  if (version !== PROTOCOL_VERSION) return refused(REFUSALS.wrongVersion);
  for (;;) {
    const found = await context.find(code);
    if ('refusal' in found) return notFound(found);
    if (!found.room.isClosed) return act(found.room);
  }
}

function notFound({ refusal, retryAfter }: Exclude<Found, { room: Room }>): RefusedAck {
  return { ...refused(refusal), ...(retryAfter !== undefined && { retryAfter }) };
}

/** Takes a seat that this connection may have, where `ask` gets it. */
function sitDown<T>(context: Context, seat: Seat, ask: () => Ack<T>): Ack<T> {
  if (!maySit(context, seat)) return refused(REFUSALS.notAllowed);
  const ack = ask();
  if (ack.ok) context.sit(seat);
  return ack;
}

/** A connection speaks in one role; taking the same seat again is a repeat. [P5] */
function maySit({ seat }: Context, wanted: Seat): boolean {
  if (!seat) return true;
  if (seat.room !== wanted.room || seat.role !== wanted.role) return false;
  return seat.role !== 'student' || (wanted.role === 'student' && seat.index === wanted.index);
}
