import { pathToFileURL } from 'node:url';
import { dieTogether, endWithNpm, runProgram } from './children.mjs';
import { install } from './install.mjs';
import { takeLock } from './lock.mjs';
import { inTop, say, SetupError } from './paths.mjs';

/**
 * What each npm script does once everything is installed. Modules that need an installed package
 * are imported only then.
 * @type {Record<string, (args: string[]) => Promise<unknown>>}
 */
const TASKS = {
  start: async (args) => {
    await setUp(buildEverything);
    await become('dist/server/main.js', args);
  },
  train: async (args) => {
    await setUp(buildServerOnly);
    await become('dist/server/cli/train.js', args);
  },
  class: async (args) => {
    await setUp(buildServerOnly);
    await become('dist/server/rehearsal/main.js', args);
  },
  bench: async (args) => {
    await setUp(buildServerOnly);
    const program = ['--import', 'tsx', 'tests/bench/engine/main.ts', ...args];
    process.exitCode = await runProgram(process.execPath, program, { stdio: ['ignore', 1, 2] });
  },
  'bench:chart': async (args) => {
    await setUp();
    await runInBrowser('tests/bench/chart/main.ts', args);
  },
  'bench:pages': async (args) => {
    await setUp(buildEverything);
    await runInBrowser('tests/bench/pages/main.ts', args);
  },
  screenshots: async () => {
    await setUp(buildEverything);
    await runInBrowser('tests/screenshots/make.ts');
  },
  'bench:class': async (args) => {
    await setUp(buildServerOnly);
    const program = ['--import', 'tsx', 'tests/bench/class/main.ts', ...args];
    process.exitCode = await runProgram(process.execPath, program, { stdio: ['ignore', 1, 2] });
  },
  build: async () => {
    const built = await setUp(buildEverything);
    if (!built) say('Everything is up to date');
  },
  check: async () => {
    await setUp();
    const { check } = await import('./check.mjs');
    const failed = await check();
    process.exitCode = failed.length > 0 ? 1 : 0;
  },
  test: async (args) => {
    await setUp(buildEverything);
    const { test } = await import('./test.mjs');
    process.exitCode = await test(args);
  },
  'test:soak': async (args) => {
    await setUp(buildEverything);
    const { soak } = await import('./test.mjs');
    process.exitCode = await soak(args);
  },
  dev: async () => {
    await setUp(buildForPagesElsewhere);
    const { dev } = await import('./dev.mjs');
    await dev();
  },
};

let restoreSignals = () => {};

export async function run(/** @type {string | undefined} */ name, /** @type {string[]} */ args) {
  const task = name !== undefined && Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
  try {
    endWithNpm();
    restoreSignals = dieTogether();
    if (!task) throw new SetupError(`Which task? One of ${Object.keys(TASKS).join(', ')}`);
    await task(args);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

/**
 * Installs, then builds, one process of this checkout at a time.
 * @template Built
 * @param {() => Promise<Built>} [build]
 * @returns {Promise<Built | undefined>}
 */
async function setUp(build) {
  const release = await takeLock(inTop('dist/.setup/lock'), (pid) =>
    say(`Waiting for the set-up that process ${pid} is doing`),
  );
  try {
    await install();
    return await build?.();
  } finally {
    release();
  }
}

/**
 * Runs a program that opens pages, and says where a Chromium is.
 * @param {string} script
 * @param {string[]} [args]
 */
async function runInBrowser(script, args = []) {
  const { chromium } = await import('./chromium.mjs');
  const env = { ...process.env, CHROME_PATH: await chromium() };
  const program = ['--import', 'tsx', script, ...args];
  process.exitCode = await runProgram(process.execPath, program, { stdio: ['ignore', 1, 2], env });
}

const buildEverything = async () => (await import('./build.mjs')).buildAll();
const buildForPagesElsewhere = async () => (await import('./build.mjs')).buildServerAndData();
const buildServerOnly = async () => (await import('./build.mjs')).buildServer();

/**
 * Goes on as that program, in this same process, so that signals, streams and the exit code are its
 * own and nothing can be left behind.
 */
async function become(/** @type {string} */ script, /** @type {string[]} */ args) {
  restoreSignals();
  process.argv = [process.execPath, inTop(script), ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(inTop(script)).href);
}
