import { MAX_UNREAD_BYTES, TIMING } from '../shared/limits.ts';
import type { TimeSource } from './time.ts';

/** What a connection of Engine.IO has of what is asked here; `writeBuffer` is not in its types. */
export interface Connection {
  /** Packets that wait until those before them have left for the network. */
  readonly writeBuffer: readonly { data?: unknown }[];
  close(discard: boolean): unknown;
  readonly transport: {
    readonly writable: boolean;
    /** The WebSocket, where it is one. */
    readonly socket?: { terminate?: () => void };
  };
}

interface Watched {
  connection: Connection;
  /** Sends what it has missed, as one snapshot. */
  refresh: () => void;
  /** Since when it has been sent no frames because it does not read; null while it does. */
  lagsSince: number | null;
}

/**
 * Notices the clients that do not read. What waits for one in the server's memory is bounded: beyond
 * that it is sent no more frames, gets a snapshot when it has read what waits, and is cut off where
 * it never does. [P43]
 */
export class Readers {
  private readonly watched = new Map<string, Watched>();

  constructor(private readonly time: TimeSource) {}

  watch(peer: string, connection: Connection, refresh: () => void): void {
    this.watched.set(peer, { connection, refresh, lagsSince: null });
  }

  forget(peer: string): void {
    this.watched.delete(peer);
  }

  /** Whether this peer is to be sent no frame now; it gets what it misses later. */
  lags(peer: string): boolean {
    const watched = this.watched.get(peer);
    if (!watched) return false;
    if (watched.lagsSince !== null) return true;
    if (unread(watched.connection) <= MAX_UNREAD_BYTES) return false;
    watched.lagsSince = this.time.now();
    return true;
  }

  /** Bytes that wait for the client for which most do. */
  get mostUnread(): number {
    let most = 0;
    for (const { connection } of this.watched.values()) most = Math.max(most, unread(connection));
    return most;
  }

  /** Looks at all of them now and then, until the returned function is called. */
  keepLooking(): () => void {
    let callOff = () => {};
    const look = () => {
      this.look();
      callOff = this.time.after(TIMING.readers, look);
    };
    callOff = this.time.after(TIMING.readers, look);
    return () => callOff();
  }

  /** Refreshes those who have read what waited for them, and cuts off those who do not. */
  look(): void {
    const now = this.time.now();
    for (const [peer, watched] of this.watched) {
      if (!this.lags(peer) || watched.lagsSince === null) continue;
      const { connection } = watched;
      if (connection.transport.writable && connection.writeBuffer.length === 0) {
        watched.lagsSince = null;
        watched.refresh();
      } else if (now - watched.lagsSince >= TIMING.unread) {
        this.watched.delete(peer);
        cutOff(connection);
      }
    }
  }
}

/** Bytes that wait in memory behind those that are on their way. */
function unread({ writeBuffer }: Connection): number {
  let bytes = 0;
  for (const { data } of writeBuffer) {
    if (typeof data === 'string') bytes += data.length;
    else if (data instanceof Uint8Array || data instanceof ArrayBuffer) bytes += data.byteLength;
  }
  return bytes;
}

/** A farewell would wait behind all the rest, and a polite close for an answer that never comes. */
export function cutOff(connection: Connection): void {
  const { transport } = connection;
  connection.close(true);
  transport.socket?.terminate?.();
}
