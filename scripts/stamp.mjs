import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A hash over the names and contents of files and of whole folders; what is missing counts as such.
 * @param {string} top folder that the paths are relative to
 * @param {string[]} paths
 * @param {string[]} [values] further text that the result depends on
 */
export function hashOf(top, paths, values = []) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((each) => filesBelow(top, each))) {
    const content = readFileSync(path.join(top, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.update(values.join('\0')).digest('hex');
}

/** @returns {string[]} files at or below a path, in an order that does not depend on the disk */
function filesBelow(/** @type {string} */ top, /** @type {string} */ name) {
  const full = path.join(top, name);
  if (!existsSync(full)) return [];
  const entries = readdirSyncOrNull(full);
  if (entries === null) return [name];
  return entries.flatMap((entry) => filesBelow(top, `${name}/${entry}`));
}

function readdirSyncOrNull(/** @type {string} */ folder) {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whether the stamp holds this hash and everything that it vouches for is there. */
export function isFresh(
  /** @type {string} */ stamp,
  /** @type {string} */ hash,
  /** @type {string[]} */ outputs,
) {
  return readStamp(stamp) === hash && outputs.every((output) => existsSync(output));
}

/** @returns {string | null} */
export function readStamp(/** @type {string} */ stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

export function writeStamp(/** @type {string} */ stamp, /** @type {string} */ hash) {
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

export function removeStamp(/** @type {string} */ stamp) {
  rmSync(stamp, { force: true });
}
