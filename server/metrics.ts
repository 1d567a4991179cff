import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Refusal } from '../shared/protocol/codes.ts';
import type { Meter } from './rooms/meter.ts';
import type { Rooms } from './rooms/rooms.ts';

/** Upper bounds of the buckets for a room's tick, in seconds: from idle to far beyond its 100 ms. */
const TICK_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/**
 * The figures of one server, in a registry of its own. Labels are events, codes and states: never a
 * join code or a name, since whoever may read figures may not enter classes.
 */
export class Metrics implements Meter {
  readonly registry = new Registry();
  private readonly messages = this.tally('messages', 'Messages from pages, by event.', 'event');
  private readonly refusals = this.tally('refused', 'Refused requests, by code.', 'code');
  private readonly points = this.tally(
    'points',
    'Points that came in and were new, and points that went out, once for each receiver.',
    'direction',
  );
  private readonly ticks = new Histogram({
    name: 'brain_tick_seconds',
    help: 'Time that a tick of a room took: encoding and broadcasting.',
    buckets: TICK_BUCKETS,
    registers: [this.registry],
  });

  constructor() {
    // Among them the lag of the event loop, with its percentiles, and the memory.
    collectDefaultMetrics({ register: this.registry });
  }

  message(event: string): void {
    add(this.messages, event, 1);
  }

  refused(code: Refusal): void {
    add(this.refusals, code, 1);
  }

  ticked(ms: number): void {
    this.ticks.observe(ms / 1_000);
  }

  pointsIn(count: number): void {
    add(this.points, 'in', count);
  }

  pointsOut(count: number): void {
    add(this.points, 'out', count);
  }

  /** Reads who is there at the moment of asking. */
  watchRooms(rooms: Rooms, connections: () => number): void {
    this.gauge(
      'sessions',
      'Sessions in memory: those that somebody has used lately.',
      () => rooms.all.length,
    );
    this.gauge('screens', "Open instructors' and projectors' screens.", () =>
      sum(rooms.all.map(({ screens }) => screens.size)),
    );
    this.gauge('connections', 'Open Socket.IO connections.', connections);
    const students = new Gauge({
      name: 'brain_students',
      help: 'Students in the sessions, by whether they are connected.',
      labelNames: ['presence'],
      registers: [this.registry],
      collect() {
        const present = { here: 0, away: 0 };
        for (const { roster } of rooms.all) {
          for (const { presence } of roster.participants) present[presence.state] += 1;
        }
        for (const [presence, count] of Object.entries(present)) students.set({ presence }, count);
      },
    });
  }

  /** Counts bytes where they enter and leave the machine, headers included. */
  watchNetwork(server: Server): void {
    const open = new Set<Socket>();
    const ended = { in: 0, out: 0 };
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.once('close', () => {
        open.delete(socket);
        ended.in += socket.bytesRead;
        ended.out += socket.bytesWritten;
      });
    });
    const bytes: Counter<'direction'> = new Counter({
      name: 'brain_network_bytes_total',
      help: 'Bytes over HTTP and WebSocket.',
      labelNames: ['direction'],
      registers: [this.registry],
      collect() {
        const sockets = [...open];
        bytes.reset();
        bytes.inc({ direction: 'in' }, ended.in + sum(sockets.map((each) => each.bytesRead)));
        bytes.inc({ direction: 'out' }, ended.out + sum(sockets.map((each) => each.bytesWritten)));
      },
    });
  }

  /** Counts in a plain map, as a message must cost next to nothing, and hands it over when it is read. */
  private tally(name: string, help: string, label: string): Map<string, number> {
    const counts = new Map<string, number>();
    const counter = new Counter({
      name: `brain_${name}_total`,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        counter.reset();
        for (const [value, count] of counts) counter.inc({ [label]: value }, count);
      },
    });
    return counts;
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name: `brain_${name}`,
      help,
      registers: [this.registry],
      collect() {
        gauge.set(read());
      },
    });
  }
}

function add(counts: Map<string, number>, value: string, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
