import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { runBin } from './children.mjs';
import { inTop, say } from './paths.mjs';

const FOLDERS = ['client', 'server', 'shared'].filter((folder) => existsSync(inTop(folder)));

/**
 * The slow ones first, so that the others fit beside them.
 * @type {{name: string, bin: string, args: string[]}[]}
 */
const CHECKS = [
  // In two halves, for two cores.
  { name: 'lint of client', bin: 'eslint', args: ['client', '--max-warnings', '0'] },
  {
    name: 'lint of the others',
    bin: 'eslint',
    args: ['.', '--ignore-pattern', 'client/', '--max-warnings', '0'],
  },
  {
    name: 'types of client',
    bin: 'svelte-check',
    args: ['--tsconfig', 'client/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  { name: 'types of tests', bin: 'tsc', args: ['-p', 'tests'] },
  { name: 'types of server', bin: 'tsc', args: ['-p', 'server', '--noEmit'] },
  { name: 'types of shared', bin: 'tsc', args: ['-p', '.'] },
  { name: 'types of kernels', bin: 'tsc6', args: ['-p', 'shared/kernels', '--noEmit'] },
  { name: 'doors', bin: 'depcruise', args: ['--config', '.dependency-cruiser.cjs', ...FOLDERS] },
  { name: 'format', bin: 'prettier', args: ['--check', '.', '--log-level', 'warn'] },
];

/**
 * Runs every check, as many at a time as there are cores, and tells what failed.
 * @param {{behind?: boolean}} [options] `behind`: in the time that other programs leave
 * @returns {Promise<string[]>} names of the checks that failed
 */
export async function check(options = {}) {
  /** @type {string[]} */
  const failed = [];
  const queue = [...CHECKS];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (!(await passes(next, options))) failed.push(next.name);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return failed;
}

/**
 * @param {typeof CHECKS[number]} check
 * @param {{behind?: boolean}} options
 */
async function passes({ name, bin, args }, options) {
  const begun = performance.now();
  let output = '';
  const code = await runBin(bin, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    heard: (text) => (output += text),
    ...options,
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) say(output.trimEnd());
  return code === 0;
}
