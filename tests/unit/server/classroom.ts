import { pino } from 'pino';
import { expect } from 'vitest';
import type { Outlet } from '../../../server/rooms/outlet.ts';
import { command, prepare } from '../../../server/rooms/conduct.ts';
import { join } from '../../../server/rooms/entrance.ts';
import { takeLosses } from '../../../server/rooms/reports.ts';
import { UNWATCHED } from '../../../server/rooms/meter.ts';
import { Room } from '../../../server/rooms/room.ts';
import { hashSecret, newSecret } from '../../../server/rooms/secrets.ts';
import { MemoryStore } from '../../../server/store/memory.ts';
import type { StoredSession } from '../../../server/store/store.ts';
import type { ServerEvents, StudentWelcome } from '../../../shared/protocol/events.ts';
import { decodeFrame, type Frame } from '../../../shared/protocol/frame.ts';
import type { RunPlan, SessionView } from '../../../shared/protocol/views.ts';
import type { Command } from '../../../shared/session.ts';
import { FakeTime } from './fakeTime.ts';
import { FakeVerifier } from './fakeVerifier.ts';

export const INSTRUCTOR_SECRET = 'the instructor';

/** Ten steps, ten windows, ten steps a second, rates from 0.01 to 1. */
export const PLAN: RunPlan = {
  settings: {
    experiment: 'linear',
    model: 'perceptron',
    seed: 1,
    steps: 10,
    init: { kind: 'zeros' },
  },
  pace: { kind: 'paced', stepsPerSecond: 10 },
  rates: { kind: 'spread', from: 0.01, to: 1 },
};

/** Something that a room said, to one peer or to an audience. */
interface Said {
  to: string;
  event: keyof ServerEvents | 'cutOff' | 'end';
  message: unknown;
}

/** A room on fake time, and all that it said. */
export class Classroom {
  readonly time: FakeTime;
  readonly store: MemoryStore;
  readonly room: Room;
  /** What the room has asked to be replayed. */
  readonly verifier = new FakeVerifier();
  said: Said[] = [];
  idle = 0;

  constructor({
    time = new FakeTime(),
    store = new MemoryStore(),
    stored,
  }: { time?: FakeTime; store?: MemoryStore; stored?: StoredSession | undefined } = {}) {
    this.time = time;
    this.store = store;
    const outlet: Outlet = {
      send: (to, event, ...[message]) => this.said.push({ to, event, message }),
      broadcast: (to, event, ...[message]) => this.said.push({ to, event, message }),
      cutOff: (to, message) => this.said.push({ to, event: 'cutOff', message }),
      end: (message) => this.said.push({ to: 'everybody', event: 'end', message }),
    };
    this.room = new Room(
      {
        code: 'ACDEFG',
        time,
        outlet,
        verifier: this.verifier,
        store,
        log: pino({ level: 'silent' }),
        meter: UNWATCHED,
        joinUrl: () => 'http://class/ACDEFG',
        onIdle: () => (this.idle += 1),
      },
      { instructorHash: hashSecret(INSTRUCTOR_SECRET), createdAt: time.now() },
      stored,
    );
  }

  /** A student joins; its peer is called like it. */
  join(name: string): StudentWelcome & { secret: string } {
    const secret = newSecret();
    const ack = join(this.room, name, { name, secret, simulated: false });
    if (!ack.ok) throw new Error(ack.code);
    return { ...ack, secret };
  }

  prepare(plan: Partial<RunPlan> = {}): void {
    expect(prepare(this.room, { ...PLAN, ...plan })).toBeNull();
  }

  command(asked: Command, steps?: number): void {
    expect(command(this.room, asked, steps)).toBeNull();
  }

  /** Prepares, starts and lets the countdown pass. */
  run(plan: Partial<RunPlan> = {}): void {
    this.prepare(plan);
    this.command('start');
    this.time.pass(3_000);
    expect(this.room.phase).toBe('running');
  }

  losses(index: number, from: number, losses: number[], divergedAt?: number) {
    const run = this.room.run?.number ?? 0;
    return takeLosses(this.room, index, { run, from, losses, divergedAt });
  }

  status(index: number): string | undefined {
    return this.room.participants().find((p) => p.index === index)?.status.state;
  }

  rates(): (number | null)[] {
    return this.room.participants().map(({ rate }) => rate);
  }

  /** What an audience, or one peer, was told since the last call. */
  heard(by = 'students'): Said[] {
    const heard = this.said.filter(({ to }) => to === by);
    this.said = [];
    return heard;
  }

  static frames(said: readonly Said[]): Frame[] {
    return said
      .filter(({ event }) => event === 'frame')
      .map(({ message }) => decodeFrame(message as Uint8Array));
  }

  static views(said: readonly Said[]): SessionView[] {
    return said
      .filter(({ event }) => event === 'session')
      .map(({ message }) => message as SessionView);
  }
}
