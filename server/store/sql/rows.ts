import type { Transaction } from 'kysely';
import type { ParticipantRecord, RunRecord, SessionRecord } from '../store.ts';
import type { ParticipantTable, RunTable, SessionTable, Tables } from './schema.ts';

/** Rows in one statement: within what any database takes as parameters. */
const ROWS = 500;

/** Cuts what is inserted into statements of a bounded size. */
export function batches<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / ROWS);
  return Array.from({ length: count }, (_, k) => rows.slice(k * ROWS, (k + 1) * ROWS));
}

/** The last of those that have the same key: one statement may not write a row twice. */
export function lastOfEach<Row>(rows: readonly Row[], key: (row: Row) => unknown): Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

export function sessionRow(code: string, record: SessionRecord): SessionTable {
  return {
    code,
    instructor_hash: record.instructorHash,
    created_at: record.createdAt,
    used_at: record.usedAt,
    locked: Number(record.locked),
    pseudonyms: record.pseudonyms,
    wall: record.wall && JSON.stringify(record.wall),
    draft: record.draft && JSON.stringify(record.draft),
    phase: record.phase,
  };
}

export function participantRow(code: string, record: ParticipantRecord): ParticipantTable {
  return {
    code,
    seat: record.index,
    name: record.name,
    secret_hash: record.secretHash,
    simulated: Number(record.simulated),
    removed: Number(record.removed),
  };
}

/** JSON writes a float so that reading it gives the same bits. */
export function runRow(code: string, record: RunRecord): RunTable {
  return {
    code,
    number: record.number,
    plan: JSON.stringify(record.plan),
    clock: record.clock && JSON.stringify(record.clock),
    arrived: record.arrived,
    rates: JSON.stringify(record.rates.map(({ participant, rate }) => [participant, rate])),
    bets: JSON.stringify(record.bets),
    verdicts: JSON.stringify(record.verdicts),
    reference: record.reference,
  };
}

export async function upsertSession(db: Transaction<Tables>, row: SessionTable): Promise<void> {
  await db
    .insertInto('session')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet(({ ref }) => ({
        instructor_hash: ref('excluded.instructor_hash'),
        created_at: ref('excluded.created_at'),
        used_at: ref('excluded.used_at'),
        locked: ref('excluded.locked'),
        pseudonyms: ref('excluded.pseudonyms'),
        wall: ref('excluded.wall'),
        draft: ref('excluded.draft'),
        phase: ref('excluded.phase'),
      })),
    )
    .execute();
}

export async function upsertParticipants(
  db: Transaction<Tables>,
  rows: readonly ParticipantTable[],
): Promise<void> {
  for (const batch of batches(lastOfEach(rows, ({ seat }) => seat))) {
    await db
      .insertInto('participant')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['code', 'seat']).doUpdateSet(({ ref }) => ({
          name: ref('excluded.name'),
          secret_hash: ref('excluded.secret_hash'),
          simulated: ref('excluded.simulated'),
          removed: ref('excluded.removed'),
        })),
      )
      .execute();
  }
}

export async function upsertRuns(
  db: Transaction<Tables>,
  rows: readonly RunTable[],
): Promise<void> {
  for (const batch of batches(lastOfEach(rows, ({ number }) => number))) {
    await db
      .insertInto('run')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['code', 'number']).doUpdateSet(({ ref }) => ({
          plan: ref('excluded.plan'),
          clock: ref('excluded.clock'),
          arrived: ref('excluded.arrived'),
          rates: ref('excluded.rates'),
          bets: ref('excluded.bets'),
          verdicts: ref('excluded.verdicts'),
          reference: ref('excluded.reference'),
        })),
      )
      .execute();
  }
}
