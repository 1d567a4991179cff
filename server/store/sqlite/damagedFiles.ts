import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Forgotten } from '../store.ts';

/** What SQLite may have written beside a file goes with it. */
const NAME =
  /^(.+)\.damaged-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)(\.\w+)(?:-wal|-shm|-journal)?$/;

/**
 * A name beside the database for what is damaged of it, which no file has yet.
 * @param now ms since 1970, which the name says
 */
export function damagedName(file: string, now: number): string {
  const time = new Date(now).toISOString().replace(/[:.]/g, '-');
  const { dir, name, ext } = path.parse(file);
  const to = path.join(dir, `${name}.damaged-${time}${ext}`);
  return existsSync(to) ? damagedName(file, now + 1) : to;
}

/**
 * Deletes what was set aside of a database before a time: nicknames are in there.
 * @param before ms since 1970
 * @returns the names of the files, of those that could not be deleted apart
 */
export function deleteDamaged(file: string, before: number): Forgotten {
  const { dir, name, ext } = path.parse(file);
  const old = readdirSync(dir, { withFileTypes: true }).filter((each) => {
    const [, of, hour, minute, second, ms, suffix] = NAME.exec(each.name) ?? [];
    if (!each.isFile() || of !== name || suffix !== ext) return false;
    return Date.parse(`${hour}:${minute}:${second}.${ms}`) < before;
  });
  const forgotten: Forgotten = { deleted: [], left: [] };
  for (const each of old) {
    try {
      rmSync(path.join(dir, each.name), { force: true });
      forgotten.deleted.push(each.name);
    } catch {
      // Somebody else holds it, or the folder is read-only: it is named, and tried again at the next sweep.
      forgotten.left.push(each.name);
    }
  }
  return forgotten;
}
