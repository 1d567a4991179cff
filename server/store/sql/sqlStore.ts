import type { Kysely, Transaction } from 'kysely';
import {
  StoreError,
  type Change,
  type Forgotten,
  type Store,
  type StoredSession,
} from '../store.ts';
import { readSession } from './read.ts';
import {
  participantRow,
  runRow,
  sessionRow,
  upsertParticipants,
  upsertRuns,
  upsertSession,
} from './rows.ts';
import type { Tables } from './schema.ts';
import { growSeries } from './series.ts';

/** Keeps sessions in the tables of `schema.ts`, in whatever database the query builder speaks to. */
export class SqlStore implements Store {
  constructor(protected readonly db: Kysely<Tables>) {}

  load(code: string): Promise<StoredSession | null> {
    return this.db.transaction().execute((db) => readSession(db, code));
  }

  async count(): Promise<number> {
    const { sessions } = await this.db
      .selectFrom('session')
      .select(({ fn }) => fn.countAll().as('sessions'))
      .executeTakeFirstOrThrow();
    return Number(sessions);
  }

  async unusedSince(time: number): Promise<string[]> {
    const rows = await this.db
      .selectFrom('session')
      .select('code')
      .where('used_at', '<', time)
      .execute();
    return rows.map(({ code }) => code);
  }

  write(code: string, change: Change): Promise<void> {
    return this.db.transaction().execute((db) => apply(db, code, change));
  }

  async remove(code: string): Promise<void> {
    // What belongs to it goes with it.
    await this.db.deleteFrom('session').where('code', '=', code).execute();
  }

  /** What a database keeps whole by itself leaves nothing to set aside. */
  async forgetDamaged(_before: number): Promise<Forgotten> {
    return { deleted: [], left: [] };
  }

  async close(): Promise<void> {
    await this.db.destroy();
  }
}

async function apply(db: Transaction<Tables>, code: string, change: Change): Promise<void> {
  if (change.session) await upsertSession(db, sessionRow(code, change.session));
  else await expectSession(db, code);
  await upsertParticipants(
    db,
    (change.participants ?? []).map((record) => participantRow(code, record)),
  );
  await upsertRuns(
    db,
    (change.runs ?? []).map((record) => runRow(code, record)),
  );
  if (change.forgottenRuns?.length) {
    await db
      .deleteFrom('run')
      .where('code', '=', code)
      .where('number', 'in', change.forgottenRuns)
      .execute();
  }
  await growSeries(db, code, change.series ?? []);
}

async function expectSession(db: Transaction<Tables>, code: string): Promise<void> {
  const stored = await db
    .selectFrom('session')
    .select('code')
    .where('code', '=', code)
    .executeTakeFirst();
  if (!stored) throw new StoreError('not_stored', `session ${code} is not stored`);
}
