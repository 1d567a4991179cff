import { io, type Socket } from 'socket.io-client';
import { TIMING } from '../../shared/limits.ts';
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
  /** The server ended the connection for good, or refused the place. */
  ended(reason: string): void;
}

/** A simulated student's connection: the real client, which joins once and then takes its place again. */
export class Link {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  private place: { index: number; secret: string } | null = null;

  constructor(
    url: string,
    private readonly code: string,
    private readonly name: string,
    private readonly hearer: Hearer,
  ) {
    this.socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelayMax: 3_000,
    });
    this.socket.on('connect', () => void this.enter());
    this.socket.on('disconnect', () => hearer.disconnected());
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
    this.socket.disconnect();
  }

  private async enter(): Promise<void> {
    const { code, name, place } = this;
    const version = PROTOCOL_VERSION;
    const answer = place
      ? await this.request<'resume', StudentWelcome>('resume', { version, code, ...place })
      : await this.request<'join', StudentWelcome & { secret: string }>('join', {
          version,
          code,
          name,
          simulated: true,
        });
    if (!answer.ok) {
      if (answer.code === NO_ANSWER) return;
      this.close();
      this.hearer.ended(answer.code);
      return;
    }
    if ('secret' in answer) this.place = { index: answer.index, secret: String(answer.secret) };
    this.hearer.welcomed(answer);
  }
}
