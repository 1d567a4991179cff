import Database from 'libsql';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate, migrationNames, SQLITE } from '../sql/migrations.ts';
import type { Tables } from '../sql/schema.ts';
import { asOpeningError, openFile, type OpenOptions } from './file.ts';
import type { SetAside } from './setAside.ts';
import { SqliteStore } from './sqliteStore.ts';
import { expectMigrations, expectShapes, shapesOf, type Shapes } from './tables.ts';

/**
 * Opens the sessions in one file of SQLite, which works while its caller waits. Closing it does not
 * let go of the file at once: libsql does that when its statements are collected, or when the
 * thread ends, which is why the server keeps it in a thread of its own (`threadStore.ts`).
 * Rejects with a StoreError, `damaged` where anything but the sessions is not as it should be.
 * @param onSetAside sessions in it are damaged: they were moved to a file of their own
 */
export async function openSqlite(
  options: OpenOptions,
  onSetAside: (set: SetAside) => void = () => {},
): Promise<SqliteStore> {
  try {
    const database = openFile(options);
    expectMigrations(database, migrationNames(SQLITE));
    const db = await migrated(database);
    expectShapes(database, await shapesAnew());
    const store = new SqliteStore(db, database, options.file, onSetAside);
    await store.sift();
    return store;
  } catch (error) {
    throw asOpeningError(error);
  }
}

async function migrated(database: Database.Database): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  await migrate(db, SQLITE);
  return db;
}

/** The tables as they are in a database that is begun now. */
async function shapesAnew(): Promise<Shapes> {
  const database = new Database(':memory:');
  const db = await migrated(database);
  const shapes = shapesOf(database);
  await db.destroy();
  return shapes;
}
