import { Worker } from 'node:worker_threads';

/** MB of new objects in a thread until it collects garbage: V8 would let it have 48 of them, used or not. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/**
 * Starts a module of this server as a thread.
 * @param url of the module as it is now: TypeScript in development and in tests, else as built
 */
export function startThread(url: URL, workerData?: unknown): Worker {
  if (!url.href.endsWith('.ts')) return new Worker(url, { workerData, resourceLimits });
  // What reads TypeScript has to be set up in each thread.
  const begin = `import('tsx/esm/api').then(({register}) => { register(); return import('${url.href}'); })`;
  return new Worker(begin, { eval: true, workerData, resourceLimits });
}

/** The module `name` beside the one at `from`, with its ending: TypeScript or as built. */
export function besides(from: string, name: string): URL {
  return new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
}
