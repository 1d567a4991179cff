import type { Server } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../shared/protocol/events.ts';
import type { TimeSource } from './time.ts';

/** How long the last words may take to leave, in ms: who does not read by then does without. */
const PATIENCE = 500;

/**
 * Resolves when what was sent is on its way on every connection: one that is just changing from
 * polling to WebSocket holds it back, and would lose it if it were closed at once.
 */
export async function flushed(
  io: Server<ClientEvents, ServerEvents>,
  time: TimeSource,
): Promise<void> {
  const waiting = [...io.sockets.sockets.values()]
    .map(({ conn }) => conn as unknown as Connection)
    .filter(({ writeBuffer }) => writeBuffer.length > 0);
  await Promise.all(
    waiting.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const callOff = time.after(PATIENCE, resolve);
          connection.once('drain', () => {
            callOff();
            resolve();
          });
        }),
    ),
  );
}

/** The part of Engine.IO's socket that is looked at here; its types hide the buffer. */
interface Connection {
  writeBuffer: unknown[];
  once(event: 'drain', listener: () => void): void;
}
