import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { HTTP_REQUESTS } from '../../shared/limits.ts';
import { REFUSALS } from '../../shared/protocol/codes.ts';
import { api, type ApiOptions } from './api.ts';
import { files } from './files.ts';
import { secureHeaders } from './headers.ts';
import { limitRequests } from './limit.ts';
import { observe, type Observed } from './observe.ts';
import { pages } from './pages.ts';

export interface WebOptions extends ApiOptions, Observed {
  basePath: string;
  /** Folders that the build made; null where there is none, as in development. */
  built: { client: string | null; data: string | null };
  log: Logger;
}

/** What the server answers over plain HTTP, at paths without the base path. */
export function webApp(options: WebOptions): Express {
  const { built, basePath, proxies, refused } = options;
  const web = express();
  web.disable('x-powered-by');
  web.use(secureHeaders(proxies));
  web.use(observe(options));
  web.use(limitRequests(HTTP_REQUESTS.all, proxies, refused));
  web.use('/api', limitRequests(HTTP_REQUESTS.api, proxies, refused), api(options));
  web.use(
    '/data',
    files(built.data, (path) => path.endsWith('.bin')),
  );
  web.use(files(built.client, (path) => path.startsWith('/assets/')));
  // Without its slash the address of the home page is that of a file beside it.
  if (basePath !== '') {
    web.get(basePath, (_request, response) => response.redirect(301, `${basePath}/`));
  }
  web.use(pages(built.client, basePath));
  web.use(failure(options.log));
  return web;
}

// Express knows an error handler by its four parameters.
function failure(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = clientFault(error);
    if (status === null) log.error({ err: error }, 'a request could not be answered');
    const code = status === null ? REFUSALS.internal : REFUSALS.badMessage;
    response.status(status ?? 500).json({ code });
  };
}

/** The status that Express gives a request it cannot read, such as a malformed address; null for the server's own faults. */
function clientFault(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
