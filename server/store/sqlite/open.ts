import { Kysely, SqliteDialect } from 'kysely';
import { migrate, SQLITE } from '../sql/migrations.ts';
import type { Tables } from '../sql/schema.ts';
import { SqlStore } from '../sql/sqlStore.ts';
import { openFile, type OpenOptions } from './file.ts';

/**
 * Opens the sessions in one file of SQLite, which works while its caller waits. Closing it does not
 * let go of the file at once: libsql does that when its statements are collected, or when the
 * thread ends, which is why the server keeps it in a thread of its own (`threadStore.ts`).
 */
export async function openSqlite(options: OpenOptions): Promise<SqlStore> {
  const database = openFile(options);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  await migrate(db, SQLITE);
  return new SqlStore(db);
}
