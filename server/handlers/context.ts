import type { Logger } from 'pino';
import type { Refusal } from '../../shared/protocol/codes.ts';
import type { ClientEvents } from '../../shared/protocol/events.ts';
import type { Message } from '../../shared/protocol/schemas.ts';
import type { Found } from '../guard/lookups.ts';
import type { Room } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** In which role a connection speaks, once it has entered a session. */
export type Seat =
  | { role: 'student'; room: Room; index: number }
  | { role: 'instructor'; room: Room }
  | { role: 'projector'; room: Room };

/** Starts `students` simulated students; resolves when all have joined, rejects when they cannot. */
export type Rehearse = (request: { url: string; code: string; students: number }) => Promise<void>;

/** A limit to those who join. */
export interface Newcomers {
  /** Takes one and returns 0, or returns the milliseconds until there is one. */
  take(code: string): number;
  /** Whom the room has not admitted does not count. */
  giveBack(code: string): void;
}

/** Where messages and refusals are counted. */
export interface Counts {
  message(event: string): void;
  refused(code: Refusal): void;
}

/** What a handler may use. */
export interface Context {
  /** The session of a join code as somebody typed it, or why this connection does not get it. */
  find: (code: string) => Promise<Found>;
  /** Counts the new participants that this connection's address brings to the session of a code. */
  newcomers: Newcomers;
  rooms: Rooms;
  rehearse: Rehearse;
  log: Logger;
  /** What is counted of the messages. */
  count: Counts;
  /** The server's address for a program on the same machine. */
  localUrl: () => string;
  /** Server time in ms. */
  now: () => number;
  /** Calls `action` once, in `ms` milliseconds; returns what calls it off. */
  after: (ms: number, action: () => void) => () => void;
  /** The name of this connection. */
  peer: string;
  /** Null until the connection has entered a session. */
  seat: Seat | null;
  /** Takes a seat: what the room broadcasts to that role reaches this connection from now on. */
  sit: (seat: Seat) => void;
}

/** What answers a message of the event `E`. */
export type AckOf<E extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[E]>[1]>[0];

export type Handler<E extends keyof ClientEvents> = (
  context: Context,
  message: Message<E>,
) => AckOf<E> | Promise<AckOf<E>>;

export type Handlers<Events extends keyof ClientEvents = keyof ClientEvents> = {
  [E in Events]: Handler<E>;
};
