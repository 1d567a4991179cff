import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { StoreError } from '../store.ts';

/** A file that held no readable database, and where it is now. */
export interface MovedAside {
  from: string;
  to: string;
}

/** What belongs to a database beside its file. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** How SQLite says that what is in the file is no database, or a damaged one. */
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB)/;

export interface OpenOptions {
  file: string;
  /** How long to wait for another process that has it open, in ms. */
  wait: number;
  /** The file may not grow beyond this. */
  maxBytes: number;
}

/**
 * Opens the database in `file`, made anew where there is none; a damaged one is moved aside first.
 * Throws StoreError 'in_use' or 'unavailable'.
 * @param now ms since 1970, for the name of a file that is moved aside
 */
export function openFile(
  options: OpenOptions,
  now: number,
): { database: Database.Database; movedAside: MovedAside | null } {
  try {
    // Nicknames are in there: no business of other users of the machine.
    mkdirSync(path.dirname(options.file), { recursive: true, mode: 0o700 });
    try {
      return { database: openSound(options), movedAside: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
      const movedAside = moveAside(options.file, now);
      return { database: openSound(options), movedAside };
    }
  } catch (error) {
    throw asStoreError(error);
  }
}

export function isDamage(error: unknown): boolean {
  return DAMAGE.test(sqliteCode(error));
}

export function isFull(error: unknown): boolean {
  return sqliteCode(error) === 'SQLITE_FULL';
}

export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const fault = sqliteCode(error).startsWith('SQLITE_BUSY') ? 'in_use' : 'unavailable';
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(fault, message, { cause: error });
}

/** Renames the database, with what belongs to it, so that a new one can take its place. */
export function moveAside(file: string, now: number): MovedAside {
  const time = new Date(now).toISOString().replace(/[:.]/g, '-');
  const { dir, name, ext } = path.parse(file);
  const to = path.join(dir, `${name}.damaged-${time}${ext}`);
  renameSync(file, to);
  for (const companion of COMPANIONS) {
    if (existsSync(file + companion)) renameSync(file + companion, to + companion);
  }
  return { from: file, to };
}

/** Throws SQLite's error for damage where the file does not pass its check. */
function openSound({ file, wait, maxBytes }: OpenOptions): Database.Database {
  const database = new Database(file, { timeout: wait });
  try {
    // Held until the process ends, however it ends: two servers would write over each other.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    // Survives the end of the process at any moment, and a power cut up to the last checkpoint.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    limitSize(database, maxBytes);
    const [check] = database.pragma('quick_check(1)') as { quick_check: string }[];
    if (check?.quick_check !== 'ok') {
      throw Object.assign(new Error(check?.quick_check), { code: 'SQLITE_CORRUPT' });
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export function limitSize(database: Database.Database, maxBytes: number): void {
  const [{ page_size }] = database.pragma('page_size') as [{ page_size: number }];
  database.pragma(`max_page_count = ${Math.floor(maxBytes / page_size)}`);
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
