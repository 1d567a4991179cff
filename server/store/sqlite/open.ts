import { Kysely, SqliteDialect } from 'kysely';
import { migrate, SQLITE } from '../sql/migrations.ts';
import type { Tables } from '../sql/schema.ts';
import { openFile, type OpenOptions } from './file.ts';
import type { SetAside } from './setAside.ts';
import { SqliteStore } from './sqliteStore.ts';

/**
 * Opens the sessions in one file of SQLite, which works while its caller waits. Closing it does not
 * let go of the file at once: libsql does that when its statements are collected, or when the
 * thread ends, which is why the server keeps it in a thread of its own (`threadStore.ts`).
 * @param onSetAside sessions in it are damaged: they were moved to a file of their own
 */
export async function openSqlite(
  options: OpenOptions,
  onSetAside: (set: SetAside) => void = () => {},
): Promise<SqliteStore> {
  const database = openFile(options);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  await migrate(db, SQLITE);
  const store = new SqliteStore(db, database, options.file, onSetAside);
  await store.sift();
  return store;
}
