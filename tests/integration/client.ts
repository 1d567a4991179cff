import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { TIMING } from '../../shared/limits.ts';
import {
  PROTOCOL_VERSION,
  type Ack,
  type ClientEvents,
  type ScreenWelcome,
  type ServerEvents,
  type StudentWelcome,
} from '../../shared/protocol/events.ts';
import { decodeFrame, type Frame } from '../../shared/protocol/frame.ts';
import type { RunPlan, SessionView } from '../../shared/protocol/views.ts';
import type { ForwardTime } from '../forwardTime.ts';

type ClientSocket = Socket<ServerEvents, ClientEvents>;

/** A client that says what it is told to say, right or wrong, and keeps what it hears. */
export class TestClient {
  readonly frames: Frame[] = [];
  readonly heard: string[] = [];
  session: SessionView | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(readonly socket: ClientSocket) {
    socket.onAny((event: string) => this.heard.push(event));
    socket.on('frame', (bytes) => this.frames.push(decodeFrame(bytes)));
    socket.on('session', (view) => (this.session = view));
    socket.on('farewell', (reason) => this.heard.push(reason));
    socket.onAny(() => queueMicrotask(() => this.look()));
    socket.on('disconnect', () => {
      this.heard.push('disconnect');
      this.look();
    });
  }

  /** Sends anything at all. */
  ask(event: string, message: unknown): Promise<Ack & Record<string, unknown>> {
    const raw = this.socket as unknown as {
      emitWithAck(event: string, message: unknown): Promise<Ack & Record<string, unknown>>;
    };
    return raw.emitWithAck(event, message);
  }

  /** Joins with a secret that it adds to the answer. */
  async join(
    code: string,
    name: string,
    secret = randomBytes(18).toString('base64url'),
  ): Promise<Ack<StudentWelcome & { secret: string }>> {
    const message = { version: PROTOCOL_VERSION, code, name, secret };
    const ack = (await this.ask('join', message)) as Ack<StudentWelcome>;
    return ack.ok ? { ...ack, secret } : ack;
  }

  resume(code: string, index: number, secret: string) {
    return this.ask('resume', { version: PROTOCOL_VERSION, code, index, secret }) as Promise<
      Ack<StudentWelcome>
    >;
  }

  instruct(code: string, secret: string) {
    return this.ask('instruct', { version: PROTOCOL_VERSION, code, secret }) as Promise<
      Ack<ScreenWelcome>
    >;
  }

  /**
   * Resolves as soon as what has been heard makes `condition` true; rejects where the connection ends
   * before, as nothing more will be heard.
   */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const met = condition();
        if (!met && this.socket.connected) return;
        this.waiting.delete(look);
        if (met) resolve();
        else reject(new Error(`disconnected while waiting for ${condition}`));
      };
      this.waiting.add(look);
      look();
    });
  }

  /** The values of a participant's losses that the frames so far carried. */
  losses(participant: number): number[] {
    const values: number[] = [];
    for (const frame of this.frames) {
      for (const chunk of [...frame.losses, ...(frame.curves ?? [])]) {
        if (chunk.participant === participant) values.splice(chunk.from, Infinity, ...chunk.values);
      }
    }
    return values;
  }

  private look(): void {
    for (const look of [...this.waiting]) look();
  }
}

/** A connection of its own, ended with the test; rejects where the server refuses it. */
export async function connect(
  url: string,
  options: { transports?: string[]; path?: string; extraHeaders?: Record<string, string> } = {},
): Promise<TestClient> {
  const socket: ClientSocket = io(url, { forceNew: true, reconnection: false, ...options });
  onTestFinished(() => void socket.disconnect());
  const client = new TestClient(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return client;
}

/** Starts the run that is prepared, and puts the server's time past the countdown. */
export async function start(teacher: TestClient, time: ForwardTime): Promise<void> {
  accepted(await teacher.ask('command', { command: 'start' }));
  time.pass(TIMING.countdown);
}

/** The answer's fields, where it is no refusal. */
export function accepted<T>(ack: Ack<T>): T {
  if (!ack.ok) throw new Error(`refused: ${ack.code}`);
  return ack;
}

export const PLAN: RunPlan = {
  settings: {
    experiment: 'linear',
    model: 'perceptron',
    seed: 1,
    steps: 50,
    init: { kind: 'zeros' },
  },
  pace: { kind: 'race' },
  rates: { kind: 'spread', from: 0.01, to: 1 },
};
