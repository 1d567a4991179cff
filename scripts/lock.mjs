import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at a lock that another process holds. */
const LOOK_EVERY = 200;

/**
 * Waits until no other process holds the lock, then holds it until released or until this process
 * ends. The lock of a process that died is taken over.
 * @param {string} file
 * @param {(pid: number) => void} [waiting] called once when there is somebody to wait for
 * @returns {Promise<() => void>} releases the lock
 */
export async function takeLock(file, waiting) {
  mkdirSync(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    let told = false;
    while (!tryToLink(own, file)) {
      const holder = readHolder(file);
      if (holder !== null && !isAlive(holder)) {
        dropDead(file, holder);
        continue;
      }
      if (!told && holder !== null) waiting?.(holder);
      told = true;
      await pause(LOOK_EVERY);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const release = () => {
    process.off('exit', release);
    if (readHolder(file) === process.pid) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

/** A hard link appears with its content or not at all. */
function tryToLink(/** @type {string} */ own, /** @type {string} */ file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns {number | null} null when there is no lock any more */
function readHolder(/** @type {string} */ file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(/** @type {number} */ pid) {
  // In a container a new process easily gets the number of the one that died.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Takes the dead holder's lock away, unless somebody else did so and holds a new one. */
function dropDead(/** @type {string} */ file, /** @type {number} */ holder) {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readHolder(aside) !== holder) tryToLink(aside, file);
  rmSync(aside, { force: true });
}
