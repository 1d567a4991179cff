import { existsSync, readFileSync } from 'node:fs';
import { runNpm } from './children.mjs';
import { inTop, say, SetupError, TOP } from './paths.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';

const STAMP = inTop('node_modules/.setup-stamp');

/** Brings node_modules to what package-lock.json says, where it is not so already. */
export async function install() {
  const platform = `${process.platform}-${process.arch}`;
  const stamp = `${platform} ${hashOf(TOP, ['package-lock.json'])}`;
  const found = readStamp(STAMP);
  if (found === stamp) return;
  const foreign = found !== null && !found.startsWith(`${platform} `);
  if (
    foreign ||
    !holdsAll(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))
  ) {
    say('Installing the packages of package-lock.json (npm ci)');
    // No script of a package is needed, and none may fetch a program from elsewhere.
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = await runNpm(['ci', '--include=dev', ...quiet]);
    if (code !== 0) throw new SetupError(`npm ci failed (exit ${code}); see above`);
  }
  writeStamp(STAMP, stamp);
}

/**
 * Whether what npm has installed, by its own record, is what the lock file wants; so that after a
 * plain `npm install` nothing is installed a second time. Optional packages are for some platforms
 * only, and are left to npm.
 * @param {Lock | null} wanted
 * @param {Lock | null} installed
 */
export function holdsAll(wanted, installed) {
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted.packages).every(([name, entry]) => {
    if (name === '' || entry.optional || entry.devOptional) return true;
    return installed.packages[name]?.integrity === entry.integrity;
  });
}

/**
 * @typedef {{packages: Record<string, {integrity?: string, optional?: boolean,
 *   devOptional?: boolean}>}} Lock
 * @returns {Lock | null}
 */
function readLock(/** @type {string} */ name) {
  return existsSync(inTop(name)) ? JSON.parse(readFileSync(inTop(name), 'utf8')) : null;
}
