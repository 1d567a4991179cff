import type Database from 'libsql';
import { StoreError } from '../store.ts';

/** Tables whose text is read before any session is: SQLite's own, and those of Kysely's migrations. */
const FIRST_READ = {
  sqlite_schema: ['type', 'name', 'tbl_name', 'sql'],
  kysely_migration: ['name', 'timestamp'],
  kysely_migration_lock: ['id'],
} as const;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Makes sure that what describes the tables is text. Has to come before anything else is read: bytes
 * that are no UTF-8 end libsql and with it the whole process. Throws what `asStoreError` understands.
 */
export function expectText(database: Database.Database): void {
  for (const [table, columns] of Object.entries(FIRST_READ)) {
    if (table !== 'sqlite_schema' && !hasTable(database, table)) continue;
    const raw = columns.map((name, k) => `CAST(${name} AS BLOB) AS c${k}`).join(', ');
    const rows = database.prepare(`SELECT ${raw} FROM ${table}`).all() as Record<
      string,
      ArrayBuffer | null
    >[];
    for (const bytes of rows.flatMap((row) => Object.values(row))) {
      if (bytes) expectUtf8(bytes, table);
    }
  }
}

function hasTable(database: Database.Database, name: string): boolean {
  const sql = 'SELECT count(*) AS tables FROM sqlite_schema WHERE name = ?';
  return (database.prepare(sql).get(name) as { tables: number }).tables > 0;
}

function expectUtf8(bytes: ArrayBuffer, table: string): void {
  try {
    UTF8.decode(bytes);
  } catch {
    throw new StoreError('damaged', `${table}: no text`);
  }
}

/**
 * Makes sure that the migrations that the file has seen are the first ones of those that there are.
 * Throws StoreError: `damaged`, or `unavailable` where a newer version has used the file.
 * @param names of all migrations, in their order
 */
export function expectMigrations(database: Database.Database, names: readonly string[]): void {
  if (!hasTable(database, 'kysely_migration')) return;
  const seen = database
    .prepare('SELECT name FROM kysely_migration ORDER BY timestamp, name')
    .all() as { name: string }[];
  const isOther = seen.slice(0, names.length).some(({ name }, k) => name !== names[k]);
  if (isOther) throw new StoreError('damaged', 'the migrations are not those of this product');
  if (seen.length > names.length) {
    throw new StoreError('unavailable', 'a newer version of this server has used the database');
  }
}

/** What of a table the server relies on: its columns and keys. */
export type Shapes = ReadonlyMap<string, string>;

/** The tables of a database that `expectText` has looked at. */
export function shapesOf(database: Database.Database): Shapes {
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all() as { name: string }[];
  return new Map(
    tables.map(({ name }) => {
      const shape = ['table_xinfo', 'foreign_key_list'].map((pragma) =>
        database.prepare(`SELECT * FROM pragma_${pragma}(?)`).all(name),
      );
      return [name, JSON.stringify(shape)];
    }),
  );
}

/** Makes sure that the tables are as migrations make them. Throws StoreError. */
export function expectShapes(database: Database.Database, expected: Shapes): void {
  const found = shapesOf(database);
  for (const [name, shape] of expected) {
    if (found.get(name) !== shape) throw new StoreError('damaged', `the table ${name} is another`);
  }
}
