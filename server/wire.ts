import { WIRE_PINGS } from '../shared/limits.ts';
import { TokenBucket } from './guard/bucket.ts';
import { cutOff, type Connection } from './readers.ts';

/** A WebSocket, as far as it is asked here. */
interface Line {
  on(event: 'ping', listener: () => void): unknown;
}

interface Transport {
  readonly socket?: Line & { terminate?: () => void };
}

/** A connection of Engine.IO, before and beneath what Socket.IO makes of it. */
export interface Wire extends Connection {
  readonly transport: Connection['transport'] & Transport;
  on(event: 'packet', listener: (packet: { type: string; data?: unknown }) => void): unknown;
  on(event: 'upgrading', listener: (transport: Transport) => void): unknown;
}

/**
 * Holds a connection to what an honest page does beneath its messages, since Engine.IO and
 * Socket.IO answer all of this without a bound, whether or not the answers are read: it enters the
 * one namespace that there is, once; it changes from polling to WebSocket once; and it leaves
 * WebSocket's own pings to the server, but for few. Whoever does otherwise is cut off. [P91]
 *
 * @param now server time in ms
 */
export function holdToProtocol(wire: Wire, now: () => number): void {
  let hasEntered = false;
  let hasProbed = false;
  const pings = new TokenBucket(WIRE_PINGS, now());

  const watchPings = ({ socket }: Transport) => {
    socket?.on('ping', () => {
      if (pings.take(now()) === 0) return;
      cutOff(wire);
      socket.terminate?.();
    });
  };

  watchPings(wire.transport);
  wire.on('packet', ({ type, data }) => {
    if (type !== 'message' || !isEntry(data)) return;
    // Heard before Socket.IO hears it, which leaves a closed connection alone.
    if (hasEntered || data.startsWith(ELSEWHERE)) cutOff(wire);
    hasEntered = true;
  });
  wire.on('upgrading', (transport) => {
    if (hasProbed) {
      cutOff(wire);
      transport.socket?.terminate?.();
    } else watchPings(transport);
    hasProbed = true;
  });
}

/** Type of the packet with which Socket.IO enters a namespace; a name that is not `/` follows. */
const ENTRY = '0';
const ELSEWHERE = '0/';

function isEntry(data: unknown): data is string {
  return typeof data === 'string' && data.startsWith(ENTRY);
}
