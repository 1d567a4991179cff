import { closeSync, openSync } from 'node:fs';
import type Database from 'libsql';
import { damagedName } from './damagedFiles.ts';
import { PRIVATE_FILE } from './file.ts';
import type { DamagedSession } from './soundness.ts';

/** Sessions that cannot be read, and the file that has what is left of them. */
export interface SetAside {
  sessions: { code: string; reason: string }[];
  to: string;
}

/** From the rows that others refer to down to the last, for the deletion the other way round. */
const TABLES = ['session', 'participant', 'run', 'series', 'block'];

/**
 * Moves all rows of damaged sessions, byte for byte, into a database of their own, so that the
 * others go on. Nothing of it is read here.
 * @param file of the database
 * @param now ms since 1970, for the name of the other one
 */
export function setAside(
  database: Database.Database,
  file: string,
  damaged: readonly DamagedSession[],
  now: number,
): SetAside {
  const to = damagedName(file, now);
  closeSync(openSync(to, 'wx', PRIVATE_FILE));
  const these = damaged.map(({ hexCode }) => `x'${hexCode}'`).join(', ');
  const where = `WHERE CAST(code AS BLOB) IN (${these})`;
  database.exec(`ATTACH '${to.replaceAll("'", "''")}' AS aside`);
  try {
    const copies = TABLES.map(
      (table) => `CREATE TABLE aside.${table} AS SELECT * FROM main.${table} ${where};`,
    );
    const deletions = [...TABLES].reverse().map((table) => `DELETE FROM main.${table} ${where};`);
    database.exec(copies.join('\n'));
    // Only what is safe over there goes from here.
    database.exec(['BEGIN;', ...deletions, 'COMMIT;'].join('\n'));
  } finally {
    database.exec('DETACH aside');
  }
  return { sessions: damaged.map(({ hexCode, reason }) => ({ code: shown(hexCode), reason })), to };
}

/** A code for people: what of it is no letter shows as such. */
function shown(hexCode: string): string {
  return Buffer.from(hexCode, 'hex').toString('utf8');
}
