import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { TIMING } from '../../shared/limits.ts';
import { restartPause } from '../../shared/live/restart.ts';
import { NO_ANSWER, type Answered } from '../../shared/live/answer.ts';
import {
  PROTOCOL_VERSION,
  type ClientEvents,
  type ServerEvents,
  type StudentWelcome,
} from '../../shared/protocol/events.ts';
import type { Message } from '../../shared/protocol/schemas.ts';

/** What a simulated student hears of its session. */
export interface Hearer {
  /** In the room, for the first time or again. */
  welcomed(welcome: StudentWelcome): void;
  disconnected(): void;
  /** An attempt to connect has failed; others follow. */
  unreached(reason: string): void;
  /** The server ended the connection for good, or refused the place. */
  ended(reason: string): void;
}

/** A simulated student's connection: the real client, which joins once and then takes its place again. */
export class Link {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  /** Made once, so that a join whose answer was lost can be repeated. */
  private readonly secret = randomBytes(18).toString('base64url');
  private index: number | null = null;
  private closed = false;
  private returning: NodeJS.Timeout | undefined;

  constructor(
    url: string,
    private readonly code: string,
    private readonly name: string,
    private readonly hearer: Hearer,
  ) {
    const base = new URL(url.replace(/\/*$/, '/'));
    this.socket = io(base.origin, {
      path: `${base.pathname}socket.io`,
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelayMax: 3_000,
    });
    this.socket.on('connect', () => void this.enter());
    this.socket.on('connect_error', ({ message }) => hearer.unreached(message));
    this.socket.on('disconnect', (reason) => {
      hearer.disconnected();
      // Socket.IO comes back by itself only where the server has not closed the connection.
      if (reason === 'io server disconnect' && !this.closed) this.comeBack();
    });
    this.socket.on('farewell', (reason) => {
      this.close();
      hearer.ended(reason);
    });
  }

  /** Sends `event` and resolves with the server's answer, or with `no_answer` after a while. */
  async request<Event extends keyof ClientEvents, T = unknown>(
    event: Event,
    message: Message<Event>,
  ): Promise<Answered<T>> {
    // Socket.IO's types of emitWithAck do not follow a generic event name.
    const socket = this.socket.timeout(TIMING.ackTimeout) as unknown as {
      emitWithAck(event: string, message: unknown): Promise<Answered<T>>;
    };
    return socket.emitWithAck(event, message).catch(() => ({ ok: false, code: NO_ANSWER }));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.returning);
    this.socket.disconnect();
  }

  private comeBack(): void {
    this.returning = setTimeout(() => this.socket.connect(), restartPause());
  }

  private async enter(): Promise<void> {
    const { code, name, secret, index } = this;
    const version = PROTOCOL_VERSION;
    const message = { version, code, secret };
    const answer =
      index === null
        ? await this.request<'join', StudentWelcome>('join', { ...message, name, simulated: true })
        : await this.request<'resume', StudentWelcome>('resume', { ...message, index });
    if (!answer.ok) {
      // Unheard, not refused: where the connection still stands, it asks again.
      if (answer.code === NO_ANSWER) {
        if (this.socket.connected) void this.enter();
        return;
      }
      this.close();
      this.hearer.ended(answer.code);
      return;
    }
    this.index = answer.index;
    this.hearer.welcomed(answer);
  }
}
