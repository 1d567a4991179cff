import type { ClientEvents } from './protocol/events.ts';

/** So many at once, and so many a second in the long run. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Messages of each kind that one socket may send; an honest page stays far below. */
export const MESSAGE_RATES = {
  join: { burst: 10, perSecond: 1 },
  resume: { burst: 10, perSecond: 1 },
  instruct: { burst: 10, perSecond: 1 },
  watch: { burst: 10, perSecond: 1 },
  time: { burst: 40, perSecond: 4 },
  snapshot: { burst: 5, perSecond: 1 },
  pick: { burst: 20, perSecond: 5 },
  bet: { burst: 20, perSecond: 5 },
  predictions: { burst: 10, perSecond: 1 },
  brain: { burst: 10, perSecond: 0.5 },
  recall: { burst: 10, perSecond: 0.5 },
  follow: { burst: 20, perSecond: 2 },
  losses: { burst: 60, perSecond: 20 },
  evaluations: { burst: 40, perSecond: 10 },
  prepare: { burst: 20, perSecond: 2 },
  command: { burst: 40, perSecond: 10 },
  lock: { burst: 20, perSecond: 2 },
  names: { burst: 20, perSecond: 2 },
  rename: { burst: 60, perSecond: 10 },
  reference: { burst: 20, perSecond: 2 },
  draft: { burst: 30, perSecond: 8 },
  wall: { burst: 30, perSecond: 8 },
  point: { burst: 30, perSecond: 8 },
  replay: { burst: 30, perSecond: 8 },
  remove: { burst: 60, perSecond: 10 },
  removeAway: { burst: 10, perSecond: 0.5 },
  end: { burst: 5, perSecond: 0.5 },
  rehearse: { burst: 10, perSecond: 0.5 },
} as const satisfies Record<keyof ClientEvents, Rate>;

/** Refused messages after which a socket is cut off. */
export const MAX_REFUSALS = 100;

/** The same with time: one more in each 20 s. */
export const REFUSAL_RATE: Rate = { burst: MAX_REFUSALS, perSecond: 0.05 };

/**
 * Codes of no session that one address may try. A school behind one address mistypes some; at this
 * rate, finding one of `MAX_SESSIONS` sessions by chance takes a week.
 */
export const CODE_GUESSES: Rate = { burst: 300, perSecond: 0.5 };

/** Sessions that one address may open. */
export const OPENINGS: Rate = { burst: 40, perSecond: 0.1 };

/**
 * New participants that one address may bring to one session: a class of 1,000 and more at once is
 * one address, and whoever fills a room from one takes so long that its instructor can lock it.
 */
export const JOINS: Rate = { burst: 1_500, perSecond: 5 };

/** Wrong passwords that one address may try at once; beyond, each is checked in its turn (`SLOW_LINE`). */
export const PASSWORD_TRIES: Rate = { burst: 10, perSecond: 0.01 };

/**
 * Passwords that wait to be checked: one in `pause` ms, drawn by lot among so many `places` of an
 * address. A teacher among twenty connections that guess without an end waits a minute, as a rule;
 * among as many as there are places, or more, there is no saying how long. In 30 days they try a
 * million. Who has not been drawn within `patience` ms asks again: proxies do not wait for ever.
 */
export const SLOW_LINE = { pause: 3_000, places: 100, inAll: 5_000, patience: 45_000 } as const;

/** Connections that one address may begin: a school of 3,000 that comes back at once is one address. */
export const HANDSHAKES: Rate = { burst: 6_000, perSecond: 600 };

/** Pings of WebSocket itself that one connection may send: a page sends none, a proxy few. */
export const WIRE_PINGS: Rate = { burst: 20, perSecond: 1 };

/** Connections of one server at a time. */
export const MAX_CONNECTIONS = 10_000;

/** HTTP requests of one address within `seconds`: a page of a whole school is many files. */
export const HTTP_REQUESTS = { seconds: 10, all: 30_000, api: 5_000 } as const;
