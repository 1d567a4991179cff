import { normalizePath } from 'vite';

/**
 * @typedef {import('vite').Rolldown.ChunkingContext} Context
 * @typedef {import('vite').Rolldown.CodeSplittingGroup} Group
 * @typedef {readonly (readonly [name: string, entries: string[]])[]} Steps
 */

/** Which part of this library is wanted, only the bundler can tell: its index imports all of it. */
const APART = /[\\/]node_modules[\\/]bits-ui[\\/]/;
const LIBRARIES = /[\\/]node_modules[\\/]|^\0|^vite[\\/]/;

/**
 * Chunks of all that a step's entries import statically and no step before them has: a page of few
 * files is there sooner, as a browser asks a server on plain http for six of them at a time.
 * @param {Steps} steps what is loaded one after the other: a chunk's name, and the files it begins with
 * @returns {Group[]}
 */
export function chunksOf(steps) {
  /** @type {Map<string, string> | null} */
  let named = null;
  return [
    // Whole, as what is kept apart needs parts of it that no step's own files do.
    { name: 'svelte', test: /[\\/]node_modules[\\/](svelte|clsx|esm-env)[\\/]/, priority: 1 },
    {
      name(id, context) {
        named ??= namesOf(steps, context);
        return named.get(id) ?? null;
      },
      // What a chunk's modules import and is kept apart must not come into it after all.
      includeDependenciesRecursively: false,
    },
  ];
}

/**
 * The chunk of each module that a step needs.
 * @param {Steps} steps
 * @param {Context} context
 */
function namesOf(steps, context) {
  /** @type {Map<string, string>} */
  const named = new Map();
  for (const [name, entries] of steps) {
    const visit = (/** @type {string} */ id) => {
      if (named.has(id) || APART.test(id)) return;
      // Libraries in a chunk of their own: what is kept apart imports them, and the rest imports it.
      named.set(id, LIBRARIES.test(id) ? `${name}-libraries` : name);
      context.getModuleInfo(id)?.importedIds.forEach(visit);
    };
    entries.map(normalizePath).forEach(visit);
  }
  return named;
}
