import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The headers that keep a page to what this server sent it. The server speaks plain HTTP on a
 * school's network, so nothing here may ask for HTTPS; a proxy that adds it adds those headers too.
 */
export function secureHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'self'"],
        // 'self' leaves out WebSockets in older Safari.
        'connect-src': ["'self'", 'ws:', 'wss:'],
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
