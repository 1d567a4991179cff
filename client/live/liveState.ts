import type { Farewell, Refusal } from '../../shared/protocol/codes.ts';

/** In which role a page enters a session. A student with a kept place needs no name. */
export type Entrance =
  | { role: 'student'; code: string; name?: string }
  | { role: 'instructor'; code: string; secret: string }
  | { role: 'projector'; code: string; pass?: string };

export type LiveState =
  /**
   * `unreached` once an attempt has failed, `crowded` where the server has no time for this page yet;
   * other attempts follow.
   */
  | { state: 'connecting'; unreached: boolean; crowded?: boolean }
  | { state: 'live' }
  /** Not connected since that time of this device. */
  | { state: 'reconnecting'; since: number; why: 'lost' | 'restarting' }
  | { state: 'refused'; code: Refusal }
  | { state: 'ended'; farewell: Farewell };

export function reconnecting(why: 'lost' | 'restarting'): LiveState {
  return { state: 'reconnecting', since: Date.now(), why };
}
