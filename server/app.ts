import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { MAX_MESSAGE_BYTES } from '../shared/limits.ts';
import { REFUSALS } from '../shared/protocol/codes.ts';
import type { Config } from './config.ts';
import { serveConnection, type ClassServer } from './connection.ts';
import type { Rehearse } from './handlers/context.ts';
import { api } from './http/api.ts';
import { files } from './http/files.ts';
import { secureHeaders } from './http/headers.ts';
import { isOwnOrigin } from './http/origin.ts';
import { pages } from './http/pages.ts';
import { serverUrls } from './lan.ts';
import { socketOutlet } from './outlet.ts';
import { keepFor } from './rooms/retention.ts';
import { Rooms } from './rooms/rooms.ts';
import type { Store } from './store/store.ts';
import type { TimeSource } from './time.ts';

export interface Dependencies {
  config: Config;
  store: Store;
  clock: TimeSource;
  log: Logger;
  rehearse: Rehearse;
  /** Folders that the build made; null where there is none, as in development. */
  built: { client: string | null; data: string | null };
}

/** Where a listening server is found. */
export interface Addresses {
  port: number;
  /** For this machine. */
  local: string;
  /** For other devices: the public address, else that on the local network; null where none can reach it. */
  shared: string | null;
}

export interface App {
  httpServer: HttpServer;
  rooms: Rooms;
  /** Listens as configured. Rejects where the address is taken. */
  listen(): Promise<Addresses>;
  /** Ends all connections; resolves when everything is stored. The store stays open. */
  close(): Promise<void>;
}

/** The whole server as a function of what it depends on; several can live in one process. */
export function createApp({ config, store, clock, log, rehearse, built }: Dependencies): App {
  const { publicUrl } = config;
  let addresses: Addresses = { port: config.port, local: '', shared: null };
  let ready = false;
  let endSweeps = () => {};

  const web = express();
  const httpServer = createServer(web);
  const io: ClassServer = new Server(httpServer, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, publicUrl)),
  });
  const rooms = new Rooms({
    time: clock,
    store,
    log,
    outletFor: (code) => socketOutlet(io, code),
    joinUrl: (code) => `${addresses.shared ?? addresses.local}/${code}`,
  });
  io.on('connection', (socket) =>
    serveConnection(socket, {
      rooms,
      rehearse,
      log,
      localUrl: () => addresses.local,
      now: () => clock.now(),
    }),
  );
  route(web, rooms, () => ready, { publicUrl, built, log });

  return {
    httpServer,
    rooms,
    async listen() {
      const { port } = await listening(httpServer, config);
      const { local, lan } = serverUrls(config.host, port, networkInterfaces());
      addresses = { port, local, shared: publicUrl ?? lan };
      ready = true;
      endSweeps = keepFor(config.retentionDays, { rooms, time: clock, log });
      return addresses;
    },
    async close() {
      ready = false;
      endSweeps();
      const ended = io.close();
      // A request that is under way may end; what only keeps its connection open is closed by Node.
      const callOff = clock.after(2_000, () => httpServer.closeAllConnections());
      await ended;
      callOff();
      await rooms.close();
    },
  };
}

function route(
  web: Express,
  rooms: Rooms,
  isReady: () => boolean,
  { publicUrl, built, log }: Pick<Dependencies, 'built' | 'log'> & Pick<Config, 'publicUrl'>,
): void {
  web.disable('x-powered-by');
  web.use(secureHeaders());
  web.get('/healthz', (_request, response) => {
    response.status(isReady() ? 200 : 503).json({ ok: isReady() });
  });
  web.use('/api', api(rooms, publicUrl));
  web.use(
    '/data',
    files(built.data, (path) => path.endsWith('.bin')),
  );
  web.use(files(built.client, (path) => path.startsWith('/assets/')));
  web.use(pages(built.client));

  // Express knows an error handler by its four parameters.
  const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = clientFault(error);
    if (status === null) log.error({ err: error }, 'a request could not be answered');
    const code = status === null ? REFUSALS.internal : REFUSALS.badMessage;
    response.status(status ?? 500).json({ code });
  };
  web.use(failed);
}

/** The status that Express gives a request it cannot read, such as a malformed address; null for the server's own faults. */
function clientFault(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

function listening(server: HttpServer, { port, host }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address && typeof address === 'object') resolve(address);
      else reject(new Error('the server listens on no port'));
    });
  });
}
