import { pino, type Logger } from 'pino';
import type { Server } from 'socket.io';
import { serveConnection, type Peer } from '../../../server/connection.ts';
import { Buckets } from '../../../server/guard/buckets.ts';
import { Lookups } from '../../../server/guard/lookups.ts';
import { socketOutlet } from '../../../server/outlet.ts';
import { Readers } from '../../../server/readers.ts';
import { UNWATCHED } from '../../../server/rooms/meter.ts';
import { Rooms } from '../../../server/rooms/rooms.ts';
import { MemoryStore } from '../../../server/store/memory.ts';
import { JOINS } from '../../../shared/limits.ts';
import type { Ack, ClientEvents, ServerEvents } from '../../../shared/protocol/events.ts';
import { FakeTime } from './fakeTime.ts';
import { FakeVerifier } from './fakeVerifier.ts';

type Listener = (...parts: unknown[]) => void;

/** A Socket.IO socket without a network: what it is sent arrives at once, and it keeps what it hears. */
export class WireSocket {
  readonly heard: { event: string; message: unknown }[] = [];
  readonly channels = new Set<string>();
  connected = true;
  /** As over long-polling: an event with bytes comes in two packets, of which these are the second. */
  readonly conn = {
    transport: { name: 'polling' },
    write: (packet: unknown) => {
      if (packet instanceof Uint8Array) this.emit('frame', packet);
      return this.conn;
    },
  };
  private readonly listeners: { any: Listener[]; disconnect: Listener[] } = {
    any: [],
    disconnect: [],
  };

  constructor(
    readonly id: string,
    private readonly gone: (socket: WireSocket) => void,
  ) {}

  /** Sends as a page does; resolves with the answer. */
  ask(event: string, message: unknown): Promise<Ack & Record<string, unknown>> {
    return new Promise((resolve) => {
      for (const listener of this.listeners.any) listener(event, message, resolve);
    });
  }

  emit(event: string, message?: unknown): boolean {
    if (this.connected) this.heard.push({ event, message });
    return this.connected;
  }

  join(channel: string): void {
    this.channels.add(channel);
  }

  onAny(listener: Listener): void {
    this.listeners.any.push(listener);
  }

  on(_event: 'disconnect', listener: Listener): void {
    this.listeners.disconnect.push(listener);
  }

  disconnect(): void {
    if (!this.connected) return;
    this.connected = false;
    this.channels.clear();
    this.gone(this);
    for (const listener of this.listeners.disconnect) listener();
  }
}

/** Connections, handlers and rooms as in the server, on fake time and without a network. */
export class Wire {
  readonly time = new FakeTime();
  readonly rooms: Rooms;
  /** What went wrong by the server's own account. */
  readonly failures: unknown[] = [];
  private readonly sockets = new Map<string, WireSocket>();
  private readonly lookups: Lookups;
  private readonly joins: Buckets;
  private readonly log: Logger;
  private count = 0;

  constructor() {
    this.log = pino({ level: 'silent' });
    this.log.error = (...parts: unknown[]) => void this.failures.push(parts);
    const now = () => this.time.now();
    this.rooms = new Rooms({
      time: this.time,
      store: new MemoryStore(),
      log: this.log,
      verifier: new FakeVerifier(),
      meter: UNWATCHED,
      outletFor: (code) => socketOutlet(this.io(), new Readers(this.time), code),
      joinUrl: (code) => `http://class/${code}`,
    });
    this.lookups = new Lookups(this.rooms, now);
    this.joins = new Buckets(JOINS, now);
  }

  connect(address = '192.0.2.1'): WireSocket {
    this.count += 1;
    const socket = new WireSocket(`socket ${this.count}`, ({ id }) => this.sockets.delete(id));
    this.sockets.set(socket.id, socket);
    serveConnection(socket as unknown as Peer, {
      find: (code) => this.lookups.find(address, code),
      newcomers: {
        take: (code) => this.joins.take(`${code} ${address}`),
        giveBack: (code) => this.joins.giveBack(`${code} ${address}`),
      },
      rooms: this.rooms,
      rehearse: ({ students }) =>
        students % 2 ? Promise.resolve() : Promise.reject(new Error('no processes left')),
      log: this.log,
      count: { message() {}, refused() {} },
      localUrl: () => 'http://class',
      now: () => this.time.now(),
      after: (ms, action) => this.time.after(ms, action),
    });
    return socket;
  }

  /** Lets everything happen that waits for nothing but its turn. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  private io(): Server<ClientEvents, ServerEvents> {
    const within = (channels: string | string[]) => {
      const wanted = [channels].flat();
      return [...this.sockets.values()].filter((socket) =>
        wanted.some((channel) => socket.channels.has(channel)),
      );
    };
    const to = (channels: string | string[]) => ({
      emit(event: string, message: unknown) {
        for (const socket of within(channels)) socket.emit(event, message);
      },
      disconnectSockets() {
        for (const socket of within(channels)) socket.disconnect();
      },
    });
    const listeners = (channel: string) => new Set(within(channel).map(({ id }) => id));
    const adapter = { rooms: { get: listeners } };
    return { sockets: { sockets: this.sockets, adapter }, to, in: to } as never;
  }
}
