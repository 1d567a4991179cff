import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';
import { runBin } from './children.mjs';
import { chromium } from './chromium.mjs';
import { countLine } from './count.mjs';
import { say } from './paths.mjs';

/** Tests in these folders alone need no browser. */
const WITHOUT_BROWSER = /^(\.\/)?tests\/(unit|integration)\b/;

/**
 * Runs the checks and all tests; with arguments, which vitest gets, only the tests that they name.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function test(args) {
  const filters = args.filter((arg) => !arg.startsWith('-'));
  const browser = filters.length === 0 || !filters.every((each) => WITHOUT_BROWSER.test(each));
  const env = { ...process.env };
  if (browser) env.CHROME_PATH = await chromium();
  return args.length === 0 ? everything(env) : vitest(args, env);
}

/**
 * The checks run in the time in which the tests wait. The count of both is the last line.
 * @param {NodeJS.ProcessEnv} env
 */
async function everything(env) {
  const folder = await mkdtemp(path.join(tmpdir(), 'count-'));
  const file = path.join(folder, 'count.json');
  try {
    const [failed, code] = await Promise.all([
      check({ behind: true }),
      vitest([], { ...env, COUNT_FILE: file }),
    ]);
    const count = existsSync(file)
      ? JSON.parse(await readFile(file, 'utf8'))
      : { passed: 0, failed: 1, skipped: 0 };
    if (failed.length > 0) say(`Checks that failed, counted here: ${failed.join(', ')}`);
    process.stdout.write(`${countLine({ ...count, failed: count.failed + failed.length })}\n`);
    return code === 0 && failed.length === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function vitest(args, env) {
  return runBin('vitest', ['run', '--project', '!soak', ...args], { env, stdio: 'inherit' });
}

/**
 * Runs the long tests of load and failure; with arguments, which vitest gets, only those that they name.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function soak(args) {
  const env = { ...process.env, CHROME_PATH: await chromium() };
  return runBin('vitest', ['run', '--project', 'soak', ...args], { env, stdio: 'inherit' });
}
