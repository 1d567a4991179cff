import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import type { Tables } from './schema.ts';

/** Where the dialects' words for the same thing differ. */
export interface Dialect {
  bytes: 'blob' | 'bytea';
  /** What ends the definition of a table: SQLite keeps rows in the order of their key only when told to. */
  tableEnd: string;
}

export const SQLITE: Dialect = { bytes: 'blob', tableEnd: 'without rowid' };
export const POSTGRES: Dialect = { bytes: 'bytea', tableEnd: '' };

/** Brings the tables to the newest version, whichever they are at. */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const provider = { getMigrations: async () => migrations(dialect) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('the tables could not be made');
}

/** Of all migrations, in the order in which they run. */
export function migrationNames(dialect: Dialect): string[] {
  return Object.keys(migrations(dialect));
}

/** Run in the order of their names. One that was released is never changed: another follows it. */
function migrations({ bytes, tableEnd }: Dialect): Record<string, Migration> {
  const end = sql.raw(tableEnd);
  return {
    '0001-sessions': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('session')
          .addColumn('code', 'text', (column) => column.primaryKey().notNull())
          .addColumn('instructor_hash', 'text', (column) => column.notNull())
          .addColumn('created_at', 'bigint', (column) => column.notNull())
          .addColumn('used_at', 'bigint', (column) => column.notNull())
          .addColumn('locked', 'integer', (column) => column.notNull())
          .addColumn('phase', 'text', (column) => column.notNull())
          .modifyEnd(end)
          .execute();
        await db.schema
          .createTable('participant')
          .addColumn('code', 'text', (column) =>
            column.notNull().references('session.code').onDelete('cascade'),
          )
          .addColumn('seat', 'integer', (column) => column.notNull())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('secret_hash', 'text', (column) => column.notNull())
          .addColumn('simulated', 'integer', (column) => column.notNull())
          .addColumn('removed', 'integer', (column) => column.notNull())
          .addPrimaryKeyConstraint('participant_key', ['code', 'seat'])
          .modifyEnd(end)
          .execute();
        await db.schema
          .createTable('run')
          .addColumn('code', 'text', (column) =>
            column.notNull().references('session.code').onDelete('cascade'),
          )
          .addColumn('number', 'integer', (column) => column.notNull())
          .addColumn('plan', 'text', (column) => column.notNull())
          .addColumn('clock', 'text')
          .addColumn('arrived', 'integer', (column) => column.notNull())
          .addColumn('rates', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('run_key', ['code', 'number'])
          .modifyEnd(end)
          .execute();
        await db.schema
          .createTable('series')
          .addColumn('code', 'text', (column) => column.notNull())
          .addColumn('run', 'integer', (column) => column.notNull())
          .addColumn('participant', 'integer', (column) => column.notNull())
          .addColumn('losses', 'integer', (column) => column.notNull())
          .addColumn('tail', bytes, (column) => column.notNull())
          .addColumn('evaluations', bytes, (column) => column.notNull())
          .addColumn('diverged_at', 'integer')
          .addPrimaryKeyConstraint('series_key', ['code', 'run', 'participant'])
          .addForeignKeyConstraint(
            'series_run',
            ['code', 'run'],
            'run',
            ['code', 'number'],
            (constraint) => constraint.onDelete('cascade'),
          )
          .modifyEnd(end)
          .execute();
        await db.schema
          .createTable('block')
          .addColumn('code', 'text', (column) => column.notNull())
          .addColumn('run', 'integer', (column) => column.notNull())
          .addColumn('first', 'integer', (column) => column.notNull())
          .addColumn('participant', 'integer', (column) => column.notNull())
          .addColumn('losses', bytes, (column) => column.notNull())
          .addPrimaryKeyConstraint('block_key', ['code', 'run', 'first', 'participant'])
          .addForeignKeyConstraint(
            'block_run',
            ['code', 'run'],
            'run',
            ['code', 'number'],
            (constraint) => constraint.onDelete('cascade'),
          )
          .modifyEnd(end)
          .execute();
      },
    },
    '0002-verdicts': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .alterTable('run')
          .addColumn('verdicts', 'text', (column) => column.notNull().defaultTo('[]'))
          .execute();
      },
    },
    '0003-bets': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .alterTable('run')
          .addColumn('bets', 'text', (column) => column.notNull().defaultTo('[]'))
          .execute();
      },
    },
    '0004-pseudonyms': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('session').addColumn('pseudonyms', 'text').execute();
      },
    },
    '0005-reference': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('run').addColumn('reference', 'double precision').execute();
      },
    },
    '0006-times': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('series').addColumn('tail_times', bytes).execute();
        await db.schema.alterTable('block').addColumn('times', bytes).execute();
      },
    },
    '0007-wall': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('session').addColumn('wall', 'text').execute();
      },
    },
    '0008-draft': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('session').addColumn('draft', 'text').execute();
      },
    },
  };
}
