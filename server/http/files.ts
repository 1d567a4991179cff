import { existsSync } from 'node:fs';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Files that were compressed once, when they were built.
 * @param named tells the paths whose name changes with the content, so that they can be kept for ever
 */
export function files(folder: string | null, named: (path: string) => boolean): RequestHandler {
  if (!folder || !existsSync(folder)) return (_request, _response, next) => next();
  return sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    // The app itself is sent by `pages.ts`, under every address that is a page.
    extensions: [],
    setHeaders(response, path) {
      response.setHeader('Cache-Control', named(path) ? FOR_EVER : 'no-cache');
    },
  });
}
