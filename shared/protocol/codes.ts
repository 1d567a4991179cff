/**
 * Codes cross the wire, never sentences: the page translates them. Values are explicit because
 * they are part of the protocol.
 */
export const REFUSALS = {
  /** A field is missing, of the wrong type or out of its range. */
  badMessage: 'bad_message',
  /** The page was made for another version of the server: reload. */
  wrongVersion: 'wrong_version',
  unknownEvent: 'unknown_event',
  /** No session has this join code. */
  unknownCode: 'unknown_code',
  /** The participant or instructor secret is not the right one. */
  wrongSecret: 'wrong_secret',
  /** This socket has not joined, or joined in another role. */
  notAllowed: 'not_allowed',
  roomLocked: 'room_locked',
  roomFull: 'room_full',
  tooManyScreens: 'too_many_screens',
  /** Whoever opens a session here has to know the instructors' password. */
  passwordNeeded: 'password_needed',
  wrongPassword: 'wrong_password',
  tooManySessions: 'too_many_sessions',
  tooManySimulated: 'too_many_simulated',
  nameEmpty: 'name_empty',
  nameTooLong: 'name_too_long',
  nameBadCharacters: 'name_bad_characters',
  /** A word in it is on the list of rude ones. */
  nameRude: 'name_rude',
  /** The instructor removed this participant. */
  removed: 'removed',
  /** The session is in a phase in which this makes no sense. */
  wrongPhase: 'wrong_phase',
  /** Nothing to start: no run is prepared. */
  noRun: 'no_run',
  /** Nothing to start: nobody is in the room. */
  noStudents: 'no_students',
  /** A race has no common step to step from. */
  notInRace: 'not_in_race',
  /** The learning rate is not within the run's range. */
  badRate: 'bad_rate',
  /** The rate of this run is dealt, or already fixed. */
  rateFixed: 'rate_fixed',
  /** Nobody bets in this run. */
  noBets: 'no_bets',
  /** The bet is on a learning rate that is no longer the student's. */
  otherRate: 'other_rate',
  /** Nobody's model can be averaged: none has arrived anywhere without diverging. */
  noModels: 'no_models',
  /** The losses belong to a run that is not the present one, or the run that is asked for is none. */
  wrongRun: 'wrong_run',
  /** A value is not a finite 32-bit float, or lies outside the run. */
  badLosses: 'bad_losses',
  /** Values before these are missing; `held` says where to go on. */
  gap: 'gap',
  /** Simulated students could not be started. */
  rehearsalFailed: 'rehearsal_failed',
  /** The server cannot write to its disk: the session is still there. */
  notDeleted: 'not_deleted',
  /** This socket, or its address, asks more often than it may; `retryAfter` says when to ask again. */
  tooManyRequests: 'too_many_requests',
  /** The server failed; the message had no effect. */
  internal: 'internal',
} as const;
export type Refusal = (typeof REFUSALS)[keyof typeof REFUSALS];

/** Why the server ends a connection for good. */
export const FAREWELLS = {
  /** A newer tab or device of the same participant took its place. */
  replaced: 'replaced',
  removed: 'removed',
  /** Too many refused messages. */
  refused: 'refused',
  /** The instructor deleted the session, or its time has come. */
  sessionEnded: 'session_ended',
} as const;
export type Farewell = (typeof FAREWELLS)[keyof typeof FAREWELLS];
