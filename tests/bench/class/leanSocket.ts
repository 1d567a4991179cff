import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { NO_ANSWER, type Answered } from '../../../shared/live/answer.ts';
import { TIMING } from '../../../shared/limits.ts';

type Hear = (event: string, message: unknown) => void;

/** Engine.IO 4 and Socket.IO 5, as far as a student speaks them: a whole class fits in a process. */
const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECT = '40';
const EVENT = '42';
const ACK = '43';

/** A real Socket.IO connection over WebSocket that reads all and understands what is asked for. */
export class LeanSocket {
  private readonly socket: WebSocket;
  private tcp: Socket | null = null;
  private readonly answers = new Map<number, (answer: never) => void>();
  private asked = 0;

  /**
   * @param from the address that it pretends to come from, as behind a proxy
   * @param events the only ones that are parsed; of all others the bytes are counted
   * @param ended called once, when the connection is lost for whatever reason
   */
  constructor(
    url: string,
    from: string,
    private readonly events: readonly string[],
    private readonly hear: Hear,
    connected: () => void,
    ended: (reason: string) => void,
  ) {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.socket = new WebSocket(address, {
      perMessageDeflate: false,
      headers: { 'x-forwarded-for': from },
    });
    this.socket.on('upgrade', (response) => (this.tcp = response.socket));
    this.socket.on('error', (error) => ended(error.message));
    this.socket.on('close', (code) => ended(`closed with ${code}`));
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.take(data, connected);
    });
  }

  /** Bytes that have come over the network. */
  get bytesRead(): number {
    return this.tcp?.bytesRead ?? 0;
  }

  request<T>(event: string, message: unknown): Promise<Answered<T>> {
    const id = this.asked++;
    this.socket.send(`${EVENT}${id}${JSON.stringify([event, message])}`);
    return new Promise((resolve) => {
      const given = setTimeout(() => {
        this.answers.delete(id);
        resolve({ ok: false, code: NO_ANSWER });
      }, TIMING.ackTimeout);
      this.answers.set(id, (answer) => {
        clearTimeout(given);
        resolve(answer);
      });
    });
  }

  close(): void {
    this.socket.removeAllListeners('close');
    this.socket.terminate();
  }

  private take(data: Buffer, connected: () => void): void {
    const text = data.toString();
    if (text.startsWith(OPEN)) this.socket.send(CONNECT);
    else if (text === PING) this.socket.send(PONG);
    else if (text.startsWith(CONNECT)) connected();
    else if (text.startsWith(ACK)) this.answer(text);
    else if (this.events.some((event) => text.startsWith(`${EVENT}["${event}"`))) {
      const [event, message] = JSON.parse(text.slice(EVENT.length)) as [string, unknown];
      this.hear(event, message);
    }
  }

  private answer(text: string): void {
    const start = text.indexOf('[');
    const id = Number(text.slice(ACK.length, start));
    const [answer] = JSON.parse(text.slice(start)) as [never];
    this.answers.get(id)?.(answer);
    this.answers.delete(id);
  }
}
