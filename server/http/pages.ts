import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { tidyCode } from '../../shared/protocol/names.ts';

/** Whether a path is that of a page: `/`, `/alone`, `/CODE`, `/teach/CODE` or `/show/CODE`. */
export function isPage(path: string): boolean {
  const [, code] = /^\/(?:(?:teach\/|show\/)?([a-z0-9]{6})\/?)?$/i.exec(path) ?? [null, null];
  return (
    path === '/' ||
    /^\/alone\/?$/.test(path) ||
    (typeof code === 'string' && tidyCode(code) !== null)
  );
}

/**
 * Answers what nothing else answered: the app where there is a page, also under an unknown address,
 * where it says so in the reader's language; a code for what is no browser.
 * @param folder the built client, or null where another server has it
 * @param basePath what the addresses within the page are relative to
 */
export function pages(folder: string | null, basePath: string): RequestHandler {
  const file = folder && join(folder, 'index.html');
  const app = file && existsSync(file) ? based(readFileSync(file, 'utf8'), basePath) : null;
  return (request, response) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const known = isPage(request.path);
    const wantsPage = request.headers.accept?.includes('text/html') ?? false;
    if (app && reads && (known || wantsPage)) {
      response
        .status(known ? 200 : 404)
        .set('Cache-Control', 'no-cache')
        .type('html')
        .send(app);
    } else {
      response.status(404).json({ code: 'not_found' });
    }
  };
}

/** The app with its base, below which it finds its files and the server. The path is that of the configuration. */
function based(html: string, basePath: string): string {
  const placed = html.replace('<base href="/"', `<base href="${basePath}/"`);
  if (basePath !== '' && placed === html) throw new Error('the built page has no base to set');
  return placed;
}
