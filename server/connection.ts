import type { Logger } from 'pino';
import type { Server, Socket } from 'socket.io';
import * as v from 'valibot';
import { MESSAGE_RATES, REFUSAL_RATE, TIMING } from '../shared/limits.ts';
import { FAREWELLS, REFUSALS, type Refusal } from '../shared/protocol/codes.ts';
import type { Ack, ClientEvents, ServerEvents } from '../shared/protocol/events.ts';
import { SCHEMAS } from '../shared/protocol/schemas.ts';
import { TokenBucket } from './guard/bucket.ts';
import type { Context, Handler } from './handlers/context.ts';
import { HANDLERS } from './handlers/handlers.ts';
import { audienceChannel } from './outlet.ts';
import { AUDIENCES_OF } from './rooms/outlet.ts';
import { refused } from './rooms/answers.ts';
import { leave } from './rooms/entrance.ts';

export type ClassServer = Server<ClientEvents, ServerEvents>;
export type ClassSocket = Socket<ClientEvents, ServerEvents>;
/** What of a socket is needed to serve it. */
export type Peer = Pick<ClassSocket, 'id' | 'emit' | 'join' | 'disconnect' | 'on' | 'onAny'>;
type Event = keyof ClientEvents;

/** Messages whose answer is followed by a frame with all columns. */
const FRAME_FOLLOWS: ReadonlySet<string> = new Set<Event>([
  'join',
  'resume',
  'instruct',
  'watch',
  'snapshot',
]);

/**
 * Serves one connection: checks each message, has it handled, answers it.
 * @returns `refresh` sends all that this connection may see of the present run
 */
export function serveConnection(
  socket: Peer,
  services: Omit<Context, 'peer' | 'seat' | 'sit'>,
): { refresh: () => void } {
  let hasGone = false;
  // A page that is to be asked for another nickname opens another connection for it.
  const callOffEntrance = services.after(TIMING.entrance, () => socket.disconnect(true));
  const context: Context = {
    ...services,
    peer: socket.id,
    seat: null,
    sit(seat) {
      // It may have gone while its session was being fetched, and would be here for ever.
      if (hasGone) {
        leave(seat.room, socket.id);
        return;
      }
      callOffEntrance();
      context.seat = seat;
      for (const audience of AUDIENCES_OF[seat.role]) {
        void socket.join(audienceChannel(seat.room.code, audience));
      }
    },
  };
  const { now } = services;
  const refusals = new TokenBucket(REFUSAL_RATE, now());
  const buckets = new Map<Event, TokenBucket>();

  async function receive(event: string, message: unknown, answer: unknown): Promise<void> {
    const ack = await answerTo(event, message);
    if (typeof answer === 'function') answer(ack);
    if (ack.ok) {
      if (FRAME_FOLLOWS.has(event)) sendSnapshot(context);
      return;
    }
    services.count.refused(ack.code);
    refusals.take(now());
    if (refusals.wait(now()) === 0) return;
    socket.emit('farewell', FAREWELLS.refused);
    socket.disconnect(true);
  }

  /** A flood costs the one who sends it: what comes too often is not even looked at. [P27] */
  function answerTo(event: string, message: unknown): Ack | Promise<Ack> {
    if (!isEvent(event)) return refused(REFUSALS.unknownEvent);
    services.count.message(event);
    const bucket = buckets.get(event) ?? new TokenBucket(MESSAGE_RATES[event], now());
    buckets.set(event, bucket);
    const retryAfter = bucket.take(now());
    if (retryAfter > 0) return { ...refused(REFUSALS.tooManyRequests), retryAfter };
    return handle(context, event, message);
  }

  socket.onAny((event: string, ...parts: unknown[]) => {
    // A client that wants no answer sends no function.
    const answer = parts.findLast((part) => typeof part === 'function');
    const message = typeof parts[0] === 'function' ? undefined : parts[0];
    receive(event, message, answer).catch((error: unknown) => {
      services.log.error({ err: error, event }, 'an answer could not be given');
    });
  });

  socket.on('disconnect', () => {
    hasGone = true;
    callOffEntrance();
    const { seat } = context;
    context.seat = null;
    if (seat) leave(seat.room, socket.id);
  });

  return { refresh: () => sendSnapshot(context) };
}

function sendSnapshot({ seat, peer }: Context): void {
  seat?.room.sendSnapshot(peer, seat.role === 'student' ? seat.index : null);
}

async function handle(context: Context, event: Event, message: unknown): Promise<Ack> {
  try {
    const parsed = parse(event, message);
    return parsed.ok ? await parsed.handled(context) : parsed;
  } catch (error) {
    logFailure(context.log, event, error);
    return refused(REFUSALS.internal);
  }
}

/** Checks a message field by field; what is handed to its handler is exactly what its schema says. */
function parse<E extends Event>(
  event: E,
  message: unknown,
): { ok: true; handled: (context: Context) => Ack | Promise<Ack> } | ReturnType<typeof refused> {
  const schema: v.GenericSchema<unknown, Parameters<Handler<E>>[1]> = SCHEMAS[event];
  const result = v.safeParse(schema, message);
  if (!result.success) return refused(fault(result.issues));
  const handler: Handler<E> = HANDLERS[event];
  return { ok: true, handled: (context) => handler(context, result.output) };
}

/** A wrong value in a list of losses has a code of its own; all other faults are the sender's bug. [P15] */
function fault(issues: readonly v.BaseIssue<unknown>[]): Refusal {
  const inSeries = issues.every(({ path }) => {
    const [field, position] = path ?? [];
    return (field?.key === 'losses' || field?.key === 'accuracies') && position !== undefined;
  });
  return inSeries ? REFUSALS.badLosses : REFUSALS.badMessage;
}

function isEvent(event: string): event is Event {
  return Object.hasOwn(SCHEMAS, event);
}

function logFailure(log: Logger, event: string, error: unknown): void {
  log.error({ err: error, event }, 'a message could not be handled');
}
