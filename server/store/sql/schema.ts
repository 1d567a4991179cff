/**
 * The tables, as the query builder sees them. Types are those that SQLite and PostgreSQL both have:
 * times are integers in ms, truth is 0 or 1, what only rooms read is JSON, columns of floats are
 * the bytes of 32-bit IEEE numbers in little-endian order.
 */
export interface Tables {
  session: SessionTable;
  participant: ParticipantTable;
  run: RunTable;
  series: SeriesTable;
  block: BlockTable;
}

/** What drivers give for a column of bytes: `libsql` an ArrayBuffer, `pg` a Buffer. */
export type Bytes = ArrayBuffer | Uint8Array;

export interface SessionTable {
  code: string;
  instructor_hash: string;
  created_at: number;
  used_at: number;
  locked: number;
  pseudonyms: string | null;
  wall: string | null;
  draft: string | null;
  phase: string;
}

export interface ParticipantTable {
  code: string;
  /** `index` is a word of SQL. */
  seat: number;
  name: string;
  secret_hash: string;
  simulated: number;
  removed: number;
}

export interface RunTable {
  code: string;
  number: number;
  plan: string;
  clock: string | null;
  arrived: number;
  rates: string;
  bets: string;
  verdicts: string;
  reference: number | null;
}

/**
 * One participant's part in a run. Losses come a few at a time, up to 1,000: only the last, open
 * block of them is in this row, which is written again whenever it grows; full blocks are written
 * once, into `block`.
 */
export interface SeriesTable {
  code: string;
  run: number;
  participant: number;
  /** How many losses there are, those in full blocks included. */
  losses: number;
  tail: Bytes;
  /** When these were there, in seconds of the run; null where an earlier version wrote them. */
  tail_times: Bytes | null;
  /** (loss, accuracy) pairs. */
  evaluations: Bytes;
  diverged_at: number | null;
}

/** A full block of losses. Students are at about the same step, so `first` before `participant` appends. */
export interface BlockTable {
  code: string;
  run: number;
  /** Index of its first loss. */
  first: number;
  participant: number;
  losses: Bytes;
  /** As `tail_times`. */
  times: Bytes | null;
}
