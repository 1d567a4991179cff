import { check } from './check.mjs';
import { runBin } from './children.mjs';
import { chromium } from './chromium.mjs';
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
  const failed = args.length === 0 ? await check() : [];
  env.FAILED_CHECKS = String(failed.length);
  if (failed.length > 0) say(`Checks that failed, counted at the end: ${failed.join(', ')}`);
  const code = await runBin('vitest', ['run', '--project', '!soak', ...args], {
    env,
    stdio: 'inherit',
  });
  return code === 0 && failed.length === 0 ? 0 : 1;
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
