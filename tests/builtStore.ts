import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Source from '../server/store/sqlite/threadStore.ts';

/**
 * The store as the server has it, of what the build has made: a thread that reads TypeScript first
 * takes seconds to start, and the tests start many.
 */
export const { ThreadStore } = (await import(
  pathToFileURL(path.resolve('dist/server/store/sqlite/threadStore.js')).href
)) as typeof Source;
