import type { Transaction } from 'kysely';
import type { SeriesRecord } from '../store.ts';
import { StoredColumn } from './column.ts';
import { fromBytes, timedFromBytes, toBytes } from './floats.ts';
import { batches } from './rows.ts';
import type { BlockTable, SeriesTable, Tables } from './schema.ts';

/** Adds what columns gained, run by run. Of runs that are not stored nothing is kept. */
export async function growSeries(
  db: Transaction<Tables>,
  code: string,
  gained: readonly SeriesRecord[],
): Promise<void> {
  for (const [run, records] of byRun(gained)) {
    if (await isStored(db, code, run)) await growRun(db, code, run, records);
  }
}

async function growRun(
  db: Transaction<Tables>,
  code: string,
  run: number,
  gained: readonly SeriesRecord[],
): Promise<void> {
  const columns = await readColumns(db, code, run, [...new Set(gained.map((g) => g.participant))]);
  for (const record of gained) {
    const { participant } = record;
    const column = columns.get(participant) ?? new StoredColumn(participant);
    columns.set(participant, column);
    column.grow(record);
  }
  const rows = [...columns.values()].map((column) => seriesRow(code, run, column));
  for (const batch of batches(rows)) await upsertSeries(db, batch);
  const blocks = [...columns.values()].flatMap((column) => blockRows(code, run, column));
  for (const batch of batches(blocks)) await db.insertInto('block').values(batch).execute();
}

async function readColumns(
  db: Transaction<Tables>,
  code: string,
  run: number,
  participants: readonly number[],
): Promise<Map<number, StoredColumn>> {
  const columns = new Map<number, StoredColumn>();
  for (const batch of batches(participants)) {
    const rows = await db
      .selectFrom('series')
      .select(['participant', 'losses', 'tail', 'tail_times', 'evaluations', 'diverged_at'])
      .where('code', '=', code)
      .where('run', '=', run)
      .where('participant', 'in', batch)
      .execute();
    for (const { participant, losses, tail, tail_times, evaluations, diverged_at } of rows) {
      const column = new StoredColumn(participant, {
        losses,
        tail: timedFromBytes(tail, tail_times),
        evaluations: fromBytes(evaluations),
        divergedAt: diverged_at,
      });
      columns.set(participant, column);
    }
  }
  return columns;
}

function seriesRow(code: string, run: number, column: StoredColumn): SeriesTable {
  return {
    code,
    run,
    participant: column.participant,
    losses: column.losses,
    tail: toBytes(column.tail.losses),
    tail_times: toBytes(column.tail.times),
    evaluations: toBytes(column.evaluations),
    diverged_at: column.divergedAt,
  };
}

function blockRows(code: string, run: number, { participant, full }: StoredColumn): BlockTable[] {
  return full.map(({ first, losses, times }) => ({
    code,
    run,
    first,
    participant,
    losses: toBytes(losses),
    times: toBytes(times),
  }));
}

async function upsertSeries(db: Transaction<Tables>, rows: SeriesTable[]): Promise<void> {
  await db
    .insertInto('series')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['code', 'run', 'participant']).doUpdateSet(({ ref }) => ({
        losses: ref('excluded.losses'),
        tail: ref('excluded.tail'),
        tail_times: ref('excluded.tail_times'),
        evaluations: ref('excluded.evaluations'),
        diverged_at: ref('excluded.diverged_at'),
      })),
    )
    .execute();
}

async function isStored(db: Transaction<Tables>, code: string, run: number): Promise<boolean> {
  const stored = await db
    .selectFrom('run')
    .select('number')
    .where('code', '=', code)
    .where('number', '=', run)
    .executeTakeFirst();
  return stored !== undefined;
}

function byRun(records: readonly SeriesRecord[]): Map<number, SeriesRecord[]> {
  const runs = new Map<number, SeriesRecord[]>();
  for (const record of records) {
    const ofRun = runs.get(record.run);
    if (ofRun) ofRun.push(record);
    else runs.set(record.run, [record]);
  }
  return runs;
}
