import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A network between clients and the server, and what can happen to it. */
export interface Network {
  url: string;
  /** Ends every connection and lets no new one through. */
  cut(): void;
  /** Cuts as soon as the server has sent so many bytes more, in the middle of whatever it sends. */
  cutAfter(bytes: number): Promise<void>;
  /** Holds every byte back, those of new connections as well. */
  stall(): void;
  /** Lets every byte vanish, and tells neither side. */
  lose(): void;
  /**
   * Lets new connections through. What was stalled arrives, the newest connection first, so that
   * those of before it are heard after it. What was lost stays so: clients learn of it at once, and
   * the server only `LATE` ms later, when they are long back.
   */
  mend(): void;
}

/** Ms. */
const LATE = 1_000;
/** Between two connections whose bytes were held back, in ms. */
const GAP = 20;

/** One connection of a client, and what has become of it. */
interface Connection {
  near: Socket;
  far: Socket;
  isLost: boolean;
  /** Resolves when bytes may pass. */
  gate: Promise<void>;
  open: () => void;
}

/** @param delay ms that each piece of data is under way, at random between 0 and this */
export async function network(serverUrl: string, delay = 0): Promise<Network> {
  const { port } = new URL(serverUrl);
  const connections = new Set<Connection>();
  let state: 'open' | 'cut' | 'stalled' | 'lost' = 'open';
  /** Bytes that still pass before the network is cut. */
  let left = Infinity;
  let afterCut = () => {};

  const end = ({ near, far }: Connection) => [near, far].forEach((socket) => socket.destroy());
  const cut = () => {
    state = 'cut';
    connections.forEach(end);
  };
  const close = (connection: Connection) => {
    connection.gate = new Promise((resolve) => (connection.open = resolve));
  };
  const toClient = ({ near }: Connection, bytes: Buffer) => {
    near.write(bytes.subarray(0, left));
    left -= bytes.length;
    if (left > 0) return;
    left = Infinity;
    // What has been written before the cut arrives; nothing after it does.
    near.end(() => {
      cut();
      afterCut();
    });
  };

  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(Number(port), '127.0.0.1');
    const connection: Connection = {
      ...{ near, far, isLost: state === 'lost' },
      ...{ gate: Promise.resolve(), open: () => {} },
    };
    if (state === 'stalled') close(connection);
    connections.add(connection);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      /** Whatever goes this way goes in its order. */
      let way = Promise.resolve();
      const then = (action: () => void) => {
        way = way.then(async () => {
          if (delay > 0) await pause(delay * Math.random());
          await connection.gate;
          if (!connection.isLost && to.writable) action();
        });
      };
      from.on('data', (bytes) =>
        then(() => (from === far ? toClient(connection, bytes) : to.write(bytes))),
      );
      from.on('end', () => then(() => to.end()));
      from.on('error', () => {});
      from.on('close', () => {
        if (connection.isLost && from === near) return;
        connections.delete(connection);
        if (state === 'stalled') then(() => to.destroy());
        else to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    connections.forEach((connection) => {
      connection.open();
      end(connection);
    });
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    cutAfter(bytes) {
      left = bytes;
      return new Promise((resolve) => (afterCut = resolve));
    },
    stall() {
      state = 'stalled';
      connections.forEach(close);
    },
    lose() {
      state = 'lost';
      for (const connection of connections) connection.isLost = true;
    },
    mend() {
      state = 'open';
      const newestFirst = [...connections].reverse();
      newestFirst.forEach((connection, k) => void pause(k * GAP).then(() => connection.open()));
      for (const connection of newestFirst.filter(({ isLost }) => isLost)) {
        connection.near.destroy();
        void pause(LATE).then(() => connection.far.destroy());
      }
    },
  };
}
