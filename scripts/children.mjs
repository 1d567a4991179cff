import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inTop, TOP } from './paths.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a program and waits for its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions,
 *   shell?: boolean, heard?: (text: string) => void, behind?: boolean}} [options] `heard` is given
 *   what the program writes, where stdio says pipe; by default all goes to stderr; `behind`: it gets
 *   the time that other programs leave
 * @returns {Promise<number>} its exit code; 127 when it cannot be started
 */
export function runProgram(command, args, options = {}) {
  const { env = process.env, stdio = ['ignore', 2, 2], shell = false, heard, behind } = options;
  // Set from outside it would miss the threads that the program has started by then.
  const nice = behind && process.platform !== 'win32';
  const [program, ...rest] = nice ? ['nice', '-n', '19', command, ...args] : [command, ...args];
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd: TOP, env, stdio, shell });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => heard?.(text));
    }
    const ended = (/** @type {number} */ code) => {
      running.delete(child);
      resolve(code);
    };
    child.on('error', () => ended(127));
    child.on('close', (code) => ended(code ?? 1));
  });
}

/**
 * Commands whose package has another name. There are two compilers: version 7 checks and compiles,
 * several times as fast; linter and pages need the programming interface of 6, the kernels' library
 * its looser rules.
 * @type {Record<string, { package: string, bin: string }>}
 */
const ELSEWHERE = {
  asc: { package: 'assemblyscript', bin: 'asc' },
  depcruise: { package: 'dependency-cruiser', bin: 'depcruise' },
  tsc: { package: 'typescript-native', bin: 'tsc' },
  tsc6: { package: 'typescript', bin: 'tsc' },
};

/**
 * Runs a command of an installed package with this same Node.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof runProgram>[2]} [options]
 */
export function runBin(command, args, options) {
  const place = ELSEWHERE[command] ?? { package: command, bin: command };
  const folder = inTop(`node_modules/${place.package}/`);
  const { bin } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  const script = path.join(folder, typeof bin === 'string' ? bin : bin[place.bin]);
  return runProgram(process.execPath, [script, ...args], options);
}

/** Runs npm: the one that started this script, or the one on PATH. */
export function runNpm(/** @type {string[]} */ args) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) {
    return runProgram(process.execPath, [script, ...args]);
  }
  return runProgram('npm', args, { shell: process.platform === 'win32' });
}

/**
 * From here on a signal ends this process together with the programs that it runs.
 * @returns {() => void} puts things back as they were
 */
export function dieTogether() {
  const signals = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143 });
  const handlers = Object.entries(signals).map(([signal, code]) => {
    const handler = () => {
      for (const child of running) child.kill('SIGTERM');
      process.exit(code);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/** Milliseconds between two looks at whether the parent is still there. */
const LOOK_EVERY = 250;

/**
 * npm starts its scripts through a shell, and a signal sent to npm ends that shell and nothing
 * below it: so whoever runs under npm ends as by SIGTERM when its parent has gone.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY);
  watch.unref();
}
