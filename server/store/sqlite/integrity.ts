import type Database from 'libsql';
import { StoreError } from '../store.ts';

/** SQLite's word for a row whose key is another than when it was written. */
const MISPLACED = /^row not in PRIMARY KEY order for (session|participant|run|series|block)$/;

/**
 * Makes sure that the file is a database throughout, `quick_check` and the order of rows: one that is
 * not where its key belongs is neither found nor deleted by it. Rows that only lie in the wrong place
 * are put in order; what else of them is damaged is to be found afterwards. Throws what `asStoreError`
 * understands. Foreign keys must be off.
 */
export function expectIntegrity(database: Database.Database): void {
  const found = faults(database);
  if (found.length === 0) return;
  const tables = found.map((fault) => MISPLACED.exec(fault)?.[1]);
  for (const table of new Set(tables)) if (table) putInOrder(database, table);
  const [fault] = tables.every((table) => table) ? faults(database) : found;
  if (fault) throw new StoreError('damaged', fault);
}

function faults(database: Database.Database): string[] {
  const rows = database.pragma('integrity_check') as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}

/** Writes all rows anew. Of two with one key the first stays: the other's session lacks it, and is set aside. */
function putInOrder(database: Database.Database, table: string): void {
  database.exec(
    [
      'BEGIN;',
      `CREATE TEMP TABLE kept AS SELECT * FROM main.${table};`,
      `DELETE FROM main.${table};`,
      `INSERT OR IGNORE INTO main.${table} SELECT * FROM temp.kept;`,
      'DROP TABLE temp.kept;',
      'COMMIT;',
    ].join('\n'),
  );
}
