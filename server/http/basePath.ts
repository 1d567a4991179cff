import type { IncomingMessage, Server } from 'node:http';

/**
 * Lets everything else in the server see paths as if it stood at the top, whether the proxy before
 * it takes the base path off or not. To be called when all who listen to requests do so.
 */
export function stripBasePath(server: Server, basePath: string): void {
  if (basePath === '') return;
  const strip = (request: IncomingMessage) => {
    const { url = '' } = request;
    if (url.startsWith(`${basePath}/`)) request.url = url.slice(basePath.length);
  };
  server.prependListener('request', strip);
  server.prependListener('upgrade', strip);
}
