import { fileURLToPath } from 'node:url';

/** The repository's top folder, with a separator at its end. */
export const TOP = fileURLToPath(new URL('../', import.meta.url));

/** A path of this repository, from its parts below the top. */
export const inTop = (/** @type {string} */ path) => TOP + path;

/** Progress goes to stderr, so that the stdout of `train` and `class` holds nothing but results. */
export const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);

/** Something that the user can mend: told in one line, without a stack. */
export class SetupError extends Error {}
