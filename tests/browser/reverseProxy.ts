import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReverseProxy {
  /** Address of the server at the proxy, without a slash at its end. */
  url: string;
  /** Attempts to open a WebSocket, all refused. */
  refusedUpgrades(): number;
}

/**
 * What stands before the server in many schools: it shows the server below a path, takes that path
 * off, names itself as the host, and lets no WebSocket through.
 * @param host name under which browsers find it
 * @param serverUrl called once for each request, as the server is made after its proxy
 */
export async function reverseProxy(
  host: string,
  basePath: string,
  serverUrl: () => string,
): Promise<ReverseProxy> {
  let refusals = 0;
  const proxy = createServer((near, answer) => pass(near, answer, basePath, serverUrl()));
  proxy.on('upgrade', (_request, socket) => {
    refusals += 1;
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const { port } = proxy.address() as AddressInfo;
  return { url: `http://${host}:${port}${basePath}`, refusedUpgrades: () => refusals };
}

function pass(near: IncomingMessage, answer: ServerResponse, basePath: string, serverUrl: string) {
  const { url = '', method, headers } = near;
  if (url !== basePath && !url.startsWith(`${basePath}/`)) {
    answer.writeHead(404).end();
    return;
  }
  const { hostname, port } = new URL(serverUrl);
  const far = request(
    {
      hostname,
      port,
      method,
      path: url.slice(basePath.length) || '/',
      headers: {
        ...headers,
        host: `${hostname}:${port}`,
        'x-forwarded-host': headers.host,
        'x-forwarded-for': near.socket.remoteAddress,
      },
    },
    (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    },
  );
  far.on('error', () => answer.destroy());
  answer.on('close', () => far.destroy());
  near.pipe(far);
}
