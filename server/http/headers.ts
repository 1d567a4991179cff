import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Proxies } from './proxies.ts';

/**
 * The headers that keep a page to what this server sent it. The server speaks plain HTTP on a
 * school's network, so nothing here may ask for HTTPS; a proxy that adds it adds those headers too.
 */
export function secureHeaders(proxies: Proxies): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'self'"],
        'connect-src': ["'self'", (request) => ownSockets(proxies.host(request))],
        'font-src': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
        'img-src': ["'self'"],
        'object-src': ["'none'"],
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'"],
        'worker-src': ["'self'"],
      },
    },
    strictTransportSecurity: false,
    // Browsers ignore these two on plain HTTP, and say so in the console.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** What Socket.IO answers is data for pages and for nobody else: no document, and of this moment. */
export function plainData(
  _request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** The WebSockets of the host that the page came from, which 'self' leaves out in older Safari. */
function ownSockets(host: string | undefined): string {
  return host && /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : "'self'";
}
