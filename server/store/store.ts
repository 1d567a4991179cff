import type { Clock } from '../../shared/clock.ts';
import type { RunPlan, Verdict } from '../../shared/protocol/views.ts';
import type { Bet } from '../../shared/run/bets.ts';
import type { NameLanguage } from '../../shared/nicknames/words.ts';
import type { PlanForm } from '../../shared/plan/planForm.ts';
import type { WallView } from '../../shared/wall.ts';
import type { Phase } from '../../shared/session.ts';

/**
 * What outlives a process. A room holds the truth while it is in memory and writes every change
 * through; it is made again from what is stored when somebody comes back to it.
 * Every method rejects with a StoreError where it cannot do what it says.
 */
export interface Store {
  /** Everything of one session; null where none is stored under this join code. */
  load(code: string): Promise<StoredSession | null>;
  /** How many sessions are stored. */
  count(): Promise<number>;
  /** Join codes of the sessions that were last used before this server time, in ms. */
  unusedSince(time: number): Promise<string[]>;
  /** Applies a change to the session with this join code: all of it, or, when it rejects, nothing. */
  write(code: string, change: Change): Promise<void>;
  /** Forgets the session and all that belongs to it; unknown codes are fine. */
  remove(code: string): Promise<void>;
  /**
   * Deletes what was found damaged, and set aside, before this time, in ms since 1970; the names of the
   * files that are gone.
   */
  forgetDamaged(before: number): Promise<Forgotten>;
  close(): Promise<void>;
}

/** Names of files: those that are gone, and those that could not be deleted. */
export interface Forgotten {
  deleted: string[];
  left: string[];
}

export type StoreFault =
  /** The change belongs to a session that is not stored, and does not bring it. */
  | 'not_stored'
  /** Values before these are not stored. */
  | 'gap'
  /** Another server has it open. */
  | 'in_use'
  /** What is in the file is no database, or a broken one. */
  | 'damaged'
  /** What is stored of this one session cannot be read. */
  | 'damaged_session'
  /** The disk is full, read-only, gone, or fails in another way. */
  | 'unavailable';

export class StoreError extends Error {
  constructor(
    readonly code: StoreFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** Records replace those of the same session, index or number; series grow at their end. */
export interface Change {
  session?: SessionRecord;
  participants?: readonly ParticipantRecord[];
  runs?: readonly RunRecord[];
  /** Numbers of the runs to forget, their series with them. */
  forgottenRuns?: readonly number[];
  /** Applied after `runs`, in order. The arrays may be windows on live ones: copy what is kept. */
  series?: readonly SeriesRecord[];
}

export interface SessionRecord {
  /** SHA-256 of the instructor's secret, in hexadecimal. */
  instructorHash: string;
  /** Server time in ms. */
  createdAt: number;
  /** When somebody was last connected; server time in ms. */
  usedAt: number;
  locked: boolean;
  /** The language of the names that are shown in the place of hidden ones. */
  pseudonyms: NameLanguage | null;
  /** How the projectors show the run; null where nobody has chosen. */
  wall: WallView | null;
  /** What instructors have typed for the next run; null where nobody has since one was prepared. */
  draft: PlanForm | null;
  phase: Phase;
}

export interface ParticipantRecord {
  index: number;
  name: string;
  /** SHA-256 of the participant's secret, in hexadecimal. */
  secretHash: string;
  simulated: boolean;
  removed: boolean;
}

export interface RunRecord {
  number: number;
  plan: RunPlan;
  /** The learning rate of the instructor's reference curve. */
  reference: number | null;
  clock: Clock | null;
  /** Windows at which the standings were last made; they never move back. */
  arrived: number;
  /** The learning rate of each participant of the run; null while it is yet to be picked. */
  rates: readonly { participant: number; rate: number | null }[];
  /** What students expect of their rates; who has not bet is not here. */
  bets: readonly { participant: number; bet: Bet }[];
  /** What replays have shown so far. */
  verdicts: readonly { participant: number; verdict: Verdict }[];
}

/** What a participant's columns gained. A piece that overlaps what is held repeats it. */
export interface SeriesRecord {
  run: number;
  participant: number;
  /** Mean loss of consecutive reporting windows. */
  losses: TimedPiece;
  /** (loss, accuracy) pairs; `from` counts pairs. */
  evaluations: Piece;
  /** The step at which the run diverged, once it has. */
  divergedAt: number | null;
}

export interface Piece {
  /** Index of the first value. */
  from: number;
  values: Float32Array;
}

/** Losses, and when each was there. */
export interface TimedPiece extends Piece {
  /** Seconds of the run, one for each value; NaN where it is not known. */
  times: Float32Array;
}

export interface StoredSession {
  code: string;
  session: SessionRecord;
  /** By index. */
  participants: ParticipantRecord[];
  /** By number. */
  runs: RunRecord[];
  /** One for each participant and run that has values, whole: `from` is 0. */
  series: SeriesRecord[];
}
