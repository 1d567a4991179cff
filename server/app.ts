import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { JOINS, MAX_CONNECTIONS, MAX_MESSAGE_BYTES, TIMING } from '../shared/limits.ts';
import type { Config } from './config.ts';
import { serveConnection, type ClassServer, type ClassSocket } from './connection.ts';
import { Buckets } from './guard/buckets.ts';
import { Lookups } from './guard/lookups.ts';
import { flushed } from './flushed.ts';
import type { Rehearse } from './handlers/context.ts';
import { stripBasePath } from './http/basePath.ts';
import { handshakeCheck } from './http/handshake.ts';
import { plainData } from './http/headers.ts';
import { Proxies } from './http/proxies.ts';
import { webApp, type WebOptions } from './http/web.ts';
import { serverUrls } from './lan.ts';
import { Metrics } from './metrics.ts';
import { socketOutlet } from './outlet.ts';
import { Readers, type Connection } from './readers.ts';
import { keepFor } from './rooms/retention.ts';
import { Rooms } from './rooms/rooms.ts';
import type { Verifier } from './rooms/verifier.ts';
import type { Store } from './store/store.ts';
import type { TimeSource } from './time.ts';
import { holdToProtocol, type Wire } from './wire.ts';

export interface Dependencies {
  config: Config;
  store: Store;
  clock: TimeSource;
  log: Logger;
  rehearse: Rehearse;
  verifier: Verifier;
  built: WebOptions['built'];
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
  readers: Readers;
  /** How many connections there are, those that have said nothing yet included. */
  connections(): number;
  /** Listens as configured. Rejects where the address is taken. */
  listen(): Promise<Addresses>;
  /** Ends all connections; resolves when everything is stored. The store stays open. */
  close(): Promise<void>;
}

/** The whole server as a function of what it depends on; several can live in one process. */
export function createApp(dependencies: Dependencies): App {
  const { config, store, clock, log, rehearse, verifier, built } = dependencies;
  const { publicUrl, basePath } = config;
  let addresses: Addresses = { port: config.port, local: '', shared: null };
  let ready = false;
  let endSweeps = () => {};
  let endLooking = () => {};
  const now = () => clock.now();

  const httpServer = createServer((request, response) => web(request, response));
  const proxies = new Proxies(config.trustProxy);
  const metrics = new Metrics();
  metrics.watchNetwork(httpServer);
  const connections = () => io.engine.clientsCount;
  const isFull = () => connections() >= MAX_CONNECTIONS;
  const refusalOf = handshakeCheck({ proxies, publicUrl, isFull, now });
  const io: ClassServer = new Server(httpServer, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: TIMING.ping,
    pingTimeout: TIMING.pingAnswer,
    connectTimeout: TIMING.greeting,
    allowRequest: (request, decide) => {
      const refusal = refusalOf(request);
      if (refusal) metrics.refused(refusal);
      decide(null, refusal === null);
    },
  });
  const readers = new Readers(clock);
  const rooms = new Rooms({
    time: clock,
    store,
    log,
    meter: metrics,
    verifier,
    outletFor: (code) => socketOutlet(io, readers, code),
    joinUrl: (code) => `${addresses.shared ?? addresses.local}/${code}`,
  });
  metrics.watchRooms(rooms, connections);
  const lookups = new Lookups(rooms, now);
  const joins = new Buckets(JOINS, now);
  /** Read while there is a request to read it from. */
  const origins = new WeakMap<ClassSocket['conn'], string>();
  io.engine.use(plainData);
  io.engine.on('connection', (wire: ClassSocket['conn']) => {
    origins.set(wire, proxies.address(wire.request));
    holdToProtocol(wire as unknown as Wire, now);
  });
  const serve = (socket: ClassSocket) => {
    const address = origins.get(socket.conn) ?? '';
    const { refresh } = serveConnection(socket, {
      find: (code) => lookups.find(address, code),
      newcomers: {
        take: (code) => joins.take(`${code} ${address}`),
        giveBack: (code) => joins.giveBack(`${code} ${address}`),
      },
      rooms,
      rehearse,
      log,
      count: metrics,
      localUrl: () => addresses.local,
      now,
      after: (ms, action) => clock.after(ms, action),
    });
    // Its types hide what waits to be written.
    readers.watch(socket.id, socket.conn as unknown as Connection, refresh);
    socket.on('disconnect', () => {
      readers.forget(socket.id);
      // It would stay, and count, for as long as it answers pings.
      socket.conn.close();
    });
    forgetRequest(socket);
  };
  io.on('connection', (socket) => {
    try {
      serve(socket);
    } catch (error) {
      // Nobody would catch it, and one connection would end the classes of all.
      log.error({ err: error }, 'a connection could not be served');
      socket.disconnect(true);
    }
  });
  const web = webApp({
    ...config,
    ...{ rooms, lookups, proxies, built, log, clock },
    metrics: metrics.registry,
    isReady: () => ready,
    refused: (code) => metrics.refused(code),
  });
  stripBasePath(httpServer, basePath);

  return {
    httpServer,
    rooms,
    readers,
    connections,
    async listen() {
      const { port } = await listening(httpServer, config);
      const { local, lan } = serverUrls(config.host, port, networkInterfaces());
      const shared = publicUrl ?? (lan && lan + basePath);
      addresses = { port, local: local + basePath, shared };
      ready = true;
      endLooking = readers.keepLooking();
      endSweeps = keepFor(config.retentionDays, { rooms, time: clock, log });
      return addresses;
    },
    async close() {
      ready = false;
      endSweeps();
      endLooking();
      io.emit('restarting');
      await flushed(io, clock);
      const ended = io.close();
      // A request that is under way may end; what only keeps its connection open is closed by Node.
      const callOff = clock.after(2_000, () => httpServer.closeAllConnections());
      await ended;
      callOff();
      await rooms.close();
    },
  };
}

/** What a connection began with has been read; it would stay in memory as long as the connection. */
function forgetRequest({ conn, handshake }: ClassSocket): void {
  Object.assign(conn, { request: null });
  handshake.headers = {};
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
