import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import Database from 'libsql';
import { StoreError, type StoreFault } from '../store.ts';
import { damagedName } from './damagedFiles.ts';
import { expectIntegrity } from './integrity.ts';
import { expectText } from './tables.ts';

export interface OpenOptions {
  file: string;
  /** How long to wait for another process that has it open, in ms. */
  wait: number;
  /** The file may not grow beyond this. */
  maxBytes: number;
}

/** A file that held no readable database, and where it is now. */
export interface MovedAside {
  from: string;
  to: string;
}

/** What belongs to a database beside its file. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** For this user alone: nicknames are in there, no business of other users of the machine. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** Opens the database in `file`, made anew where there is none. Throws what `asStoreError` understands. */
export function openFile({ file, wait, maxBytes }: OpenOptions): Database.Database {
  makeFolder(path.dirname(file));
  // SQLite gives what it writes beside a database the rights of the database.
  const descriptor = openSync(file, 'a+', PRIVATE_FILE);
  const [writing = 0] = bytesOf(descriptor, 18, 1);
  closeSync(descriptor);
  // SQLite would take it for a file of a later version, to be read only.
  if (writing > 2) throw new StoreError('damaged', 'the first bytes are those of no database');
  for (const each of [file, ...companionsOf(file)]) keepPrivate(each);
  const database = new Database(file, { timeout: wait });
  // Held until the thread ends, however it ends: two servers would write over each other.
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  // Survives the end of the process at any moment, and a power cut up to the last checkpoint.
  database.pragma('synchronous = NORMAL');
  // Pages that are no longer used are overwritten, and none is written to another place.
  database.pragma('secure_delete = ON');
  database.pragma('temp_store = MEMORY');
  const [size] = database.pragma('page_size') as { page_size: number }[];
  database.pragma(`max_page_count = ${Math.floor(maxBytes / (size?.page_size ?? 4_096))}`);
  expectText(database);
  database.pragma('foreign_keys = OFF');
  expectIntegrity(database);
  database.pragma('foreign_keys = ON');
  return database;
}

/** Up to `length` bytes from `at` on: fewer where the file ends before. */
function bytesOf(descriptor: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, at));
}

/**
 * Makes a folder, and those that it lies in. Node's own way never returns where the file system says
 * that there is no such folder as the one to be made, as `/proc` does.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: PRIVATE_FOLDER });
  } catch (error) {
    // Another server may have been as fast.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Renames the database, with what belongs to it, so that a new one can take its place. Nobody may
 * have it open: Windows would not allow it.
 * @param now ms since 1970, for its new name
 */
export function moveAside(file: string, now: number): MovedAside {
  const to = damagedName(file, now);
  for (const each of [file, ...companionsOf(file)]) {
    keepPrivate(each);
    renameSync(each, to + each.slice(file.length));
  }
  return { from: file, to };
}

/** What there is beside a database. */
function companionsOf(file: string): string[] {
  return COMPANIONS.map((companion) => file + companion).filter((each) => existsSync(each));
}

/** Takes everybody else's rights to a file that is this user's; on Windows the folder's rights say who may. */
function keepPrivate(file: string): void {
  const { uid, mode } = statSync(file);
  if (process.platform === 'win32' || uid !== process.getuid?.()) return;
  if ((mode & 0o777) !== PRIVATE_FILE) chmodSync(file, PRIVATE_FILE);
}

/** SQLite's errors, and those of the file system, by what they mean for a store. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(faultOf(sqliteCode(error)), message, { cause: error });
}

/**
 * The same of what failed when a database was opened. The statements are always the same there:
 * where SQLite finds one of them wrong, the tables are no longer those that it was written for.
 */
export function asOpeningError(error: unknown): StoreError {
  if (sqliteCode(error) !== 'SQLITE_ERROR') return asStoreError(error);
  return new StoreError('damaged', (error as Error).message, { cause: error });
}

/** Whether the database can go on after this error as it is. */
export function isSound(error: unknown): boolean {
  return error instanceof StoreError
    ? ['not_stored', 'gap', 'damaged_session'].includes(error.code)
    : sqliteCode(error) === 'SQLITE_FULL';
}

function faultOf(code: string): StoreFault {
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
  return code.startsWith('SQLITE_BUSY') ? 'in_use' : 'unavailable';
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
