import type { Farewell } from '../../shared/protocol/codes.ts';
import type { ServerEvents } from '../../shared/protocol/events.ts';

/** Instructors and projectors are the screens. */
export const AUDIENCES = ['screens', 'students'] as const;
/** A part of the screens hears by itself only what the other one must not: names that are hidden. */
export type Audience = (typeof AUDIENCES)[number] | 'instructors' | 'projectors';

/** As whom a page of each role listens. */
export const AUDIENCES_OF = {
  student: ['students'],
  instructor: ['screens', 'instructors'],
  projector: ['screens', 'projectors'],
} as const satisfies Record<string, readonly Audience[]>;

/** How a room reaches its pages. A peer is the name of one connection. */
export interface Outlet {
  send<E extends keyof ServerEvents>(
    peer: string,
    event: E,
    ...message: Parameters<ServerEvents[E]>
  ): void;
  broadcast<E extends keyof ServerEvents>(
    audience: Audience,
    event: E,
    ...message: Parameters<ServerEvents[E]>
  ): void;
  /** Says why, then ends the connection for good. */
  cutOff(peer: string, farewell: Farewell): void;
  /** The same for all connections of the session. */
  end(farewell: Farewell): void;
}
