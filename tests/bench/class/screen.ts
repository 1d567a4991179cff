import { io, type Socket } from 'socket.io-client';
import {
  PROTOCOL_VERSION,
  type Ack,
  type ClientEvents,
  type ServerEvents,
} from '../../../shared/protocol/events.ts';
import { decodeFrame } from '../../../shared/protocol/frame.ts';
import type { Phase } from '../../../shared/session.ts';
import { now } from './now.ts';

/** What a screen received of one student. */
export interface Received {
  losses: Float32Array;
  /** When each window first came, by `now()`; 0 where it never did. */
  receivedAt: Float64Array;
}

/** An instructor's or a projector's page that reads everything. */
export class Screen {
  readonly received = new Map<number, Received>();
  bytes = 0;
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private readonly waiting = new Map<Phase, () => void>();

  constructor(
    url: string,
    private readonly windows: number,
  ) {
    this.socket = io(url, { transports: ['websocket'], forceNew: true });
    this.socket.on('frame', (bytes) => this.take(bytes));
    this.socket.on('session', ({ phase }) => this.waiting.get(phase)?.());
  }

  async ask(event: keyof ClientEvents, message: object): Promise<void> {
    const socket = this.socket as unknown as {
      emitWithAck(event: string, message: object): Promise<Ack>;
    };
    const answer = await socket.emitWithAck(event, message);
    if (!answer.ok) throw new Error(`${event} was refused: ${answer.code}`);
  }

  instruct(code: string, secret: string): Promise<void> {
    return this.enter('instruct', { version: PROTOCOL_VERSION, code, secret });
  }

  watch(code: string): Promise<void> {
    return this.enter('watch', { version: PROTOCOL_VERSION, code });
  }

  /** As a page does, also after a lost connection; a snapshot follows. */
  private async enter(event: 'instruct' | 'watch', message: object): Promise<void> {
    await this.ask(event, message);
    this.socket.on('connect', () => void this.ask(event, message));
  }

  /** Resolves when `points` have come, or after `ms` without the last of them. */
  async has(points: number, ms: number): Promise<void> {
    const end = now() + ms;
    const held = () => {
      let count = 0;
      for (const { receivedAt } of this.received.values()) {
        for (const time of receivedAt) if (time > 0) count += 1;
      }
      return count;
    };
    while (held() < points && now() < end) await new Promise((next) => setTimeout(next, 100));
  }

  /** Resolves when the session enters `phase` the next time. */
  entered(phase: Phase): Promise<void> {
    return new Promise((resolve) => this.waiting.set(phase, resolve));
  }

  close(): void {
    this.socket.disconnect();
  }

  private take(bytes: ArrayBuffer | Uint8Array): void {
    const time = now();
    this.bytes += bytes.byteLength;
    for (const { participant, from, values } of decodeFrame(bytes).losses) {
      let received = this.received.get(participant);
      if (!received) {
        const { windows } = this;
        received = { losses: new Float32Array(windows), receivedAt: new Float64Array(windows) };
        this.received.set(participant, received);
      }
      for (let k = 0; k < values.length; k++) {
        if (received.receivedAt[from + k] !== 0) continue;
        received.receivedAt[from + k] = time;
        received.losses[from + k] = values[k]!;
      }
    }
  }
}
