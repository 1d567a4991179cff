import type { Transaction } from 'kysely';
import * as v from 'valibot';
import { MAX_WINDOWS } from '../../../shared/limits.ts';
import {
  StoreError,
  type ParticipantRecord,
  type RunRecord,
  type SeriesRecord,
  type SessionRecord,
  type StoredSession,
  type TimedPiece,
} from '../store.ts';
import type { Timed } from './column.ts';
import { fromBytes, timedFromBytes } from './floats.ts';
import { PARTICIPANT, RUN, SESSION } from './recordSchemas.ts';
import type {
  BlockTable,
  ParticipantTable,
  RunTable,
  SeriesTable,
  SessionTable,
  Tables,
} from './schema.ts';

/** All rows of a session as records; null where there is no such session. Rejects with `damaged_session`. */
export async function readSession(
  db: Transaction<Tables>,
  code: string,
): Promise<StoredSession | null> {
  const session = await db
    .selectFrom('session')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst();
  if (!session) return null;
  const participants = await db
    .selectFrom('participant')
    .selectAll()
    .where('code', '=', code)
    .orderBy('seat')
    .execute();
  const runs = await db
    .selectFrom('run')
    .selectAll()
    .where('code', '=', code)
    .orderBy('number')
    .execute();
  const series = await db
    .selectFrom('series')
    .selectAll()
    .where('code', '=', code)
    .orderBy('run')
    .orderBy('participant')
    .execute();
  const blocks = await db.selectFrom('block').selectAll().where('code', '=', code).execute();
  try {
    return recordsOf(code, { session, participants, runs, series, blocks });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError('damaged_session', `session ${code} is damaged: ${reason}`);
  }
}

interface Rows {
  session: SessionTable;
  participants: readonly ParticipantTable[];
  runs: readonly RunTable[];
  series: readonly SeriesTable[];
  blocks: readonly BlockTable[];
}

function recordsOf(code: string, rows: Rows): StoredSession {
  const session = sessionRecord(rows.session);
  const participants = rows.participants.map(participantRecord);
  const runs = rows.runs.map(runRecord);
  if (participants.some(({ index }, k) => index !== k)) throw new Error('a participant is missing');
  if (session.phase !== 'lobby' && runs.length === 0) throw new Error('its run is missing');
  return { code, session, participants, runs, series: seriesRecords(rows.series, rows.blocks) };
}

/** Throws where the row says what no room would have stored; so do the two that follow. */
export function sessionRecord(row: SessionTable): SessionRecord {
  return v.parse(SESSION, {
    instructorHash: row.instructor_hash,
    createdAt: Number(row.created_at),
    usedAt: Number(row.used_at),
    locked: truth(row.locked),
    pseudonyms: row.pseudonyms,
    wall: row.wall === null ? null : (JSON.parse(row.wall) as unknown),
    draft: row.draft === null ? null : (JSON.parse(row.draft) as unknown),
    phase: row.phase,
  });
}

export function participantRecord(row: ParticipantTable): ParticipantRecord {
  return v.parse(PARTICIPANT, {
    index: row.seat,
    name: row.name,
    secretHash: row.secret_hash,
    simulated: truth(row.simulated),
    removed: truth(row.removed),
  });
}

export function runRecord(row: RunTable): RunRecord {
  const rates = JSON.parse(row.rates) as [participant: unknown, rate: unknown][];
  return v.parse(RUN, {
    number: row.number,
    plan: JSON.parse(row.plan) as unknown,
    reference: row.reference,
    clock: row.clock === null ? null : (JSON.parse(row.clock) as unknown),
    arrived: row.arrived,
    rates: rates.map(([participant, rate]) => ({ participant, rate })),
    bets: JSON.parse(row.bets) as unknown,
    verdicts: JSON.parse(row.verdicts) as unknown,
  });
}

/** Another number than 0 and 1 stays what it is, and is refused. */
function truth(value: number): unknown {
  return value === 0 ? false : value === 1 ? true : value;
}

function seriesRecords(
  rows: readonly SeriesTable[],
  blocks: readonly BlockTable[],
): SeriesRecord[] {
  const columns = new Map<string, Timed>();
  for (const row of rows) {
    if (row.losses > MAX_WINDOWS) throw new Error('a column is longer than any');
    const column = { losses: new Float32Array(row.losses), times: new Float32Array(row.losses) };
    const tail = timedFromBytes(row.tail, row.tail_times);
    put(column, tail, row.losses - tail.losses.length);
    columns.set(key(row), column);
  }
  for (const block of blocks) {
    const column = columns.get(key(block));
    if (column) put(column, timedFromBytes(block.losses, block.times), block.first);
  }
  return rows.map((row) => ({
    run: row.run,
    participant: row.participant,
    losses: pieceOf(columns.get(key(row))!),
    evaluations: { from: 0, values: fromBytes(row.evaluations) },
    divergedAt: row.diverged_at,
  }));
}

function pieceOf({ losses, times }: Timed): TimedPiece {
  return { from: 0, values: losses, times };
}

function put(column: Timed, { losses, times }: Timed, first: number): void {
  column.losses.set(losses, first);
  column.times.set(times, first);
}

function key({ run, participant }: { run: number; participant: number }): string {
  return `${run}:${participant}`;
}
