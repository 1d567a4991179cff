import { restartPause } from '../../shared/live/restart.ts';
import type { Held } from '../../shared/protocol/events.ts';
import { decodeFrame, FrameError } from '../../shared/protocol/frame.ts';
import { ClockSync } from './clockSync.ts';
import { forgetPlace } from './credentials.ts';
import { deviceTime } from './deviceTime.ts';
import { knock } from './knock.ts';
import { KnownClass } from './knownClass.svelte.ts';
import { Line } from './line.ts';
import { ScreenNews } from './screenNews.svelte.ts';
import { reconnecting, type Entrance, type LiveState } from './liveState.ts';
import {
  ask,
  connectNow,
  openSocket,
  type AnswerOf,
  type ClientEvent,
  type MessageOf,
} from './socket.ts';
import { onWake } from './wakes.ts';

export type { Entrance, LiveState };

/** Between the server's closing a connection without a word and the next attempt, in ms. */
const REOPEN = 1_000;
/** Between two requests for a snapshot, in ms: one answer may still be on its way. */
const SNAPSHOT_PAUSE = 1_000;

/** One page's connection to a session, and what it knows of it. */
export class LiveSession extends KnownClass {
  status = $state.raw<LiveState>({ state: 'connecting', unreached: false });
  /** The server's time minus this device's, in ms. */
  offset = $state(0);
  /** Grows when this page may have slept. */
  wakes = $state(0);
  private readonly socket = openSocket();
  /** Of a screen: how the projectors show the run. */
  readonly screen = new ScreenNews(this.socket);
  private readonly clock = new ClockSync(this.socket, (offset) => (this.offset = offset));
  private readonly stopWakes = onWake(() => void this.woke());
  private readonly resumed = new Set<(held: Held) => void>();
  private snapshotAsked = 0;
  private reopenTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly line = new Line();

  constructor(private entrance: Entrance) {
    super(entrance.role !== 'student');
    this.follow(this.socket);
    this.listen();
    this.socket.connect();
  }

  get code(): string {
    return this.entrance.code;
  }

  /** The nickname that this page has asked for; a class that has it already gives another. */
  get wished(): string | undefined {
    return this.entrance.role === 'student' ? this.entrance.name : undefined;
  }

  serverNow(): number {
    return deviceTime() + this.offset;
  }

  /** Sends a message; answers `no_answer` where the server does not. */
  request<E extends ClientEvent>(event: E, message: MessageOf<E>): Promise<AnswerOf<E>> {
    return ask(this.socket, event, message);
  }

  /** What the class brain of the present run is made of. */
  brainPlan(): Promise<AnswerOf<'brain'>> {
    return this.request('brain', {});
  }

  /** Calls `fn` with what the server holds, whenever this student has taken its place. */
  onResume(fn: (held: Held) => void): () => void {
    this.resumed.add(fn);
    return () => this.resumed.delete(fn);
  }

  /** Tries again after a refusal or a farewell, perhaps under another name. */
  enterAgain(name?: string): void {
    if (name !== undefined && this.entrance.role === 'student') {
      this.entrance = { ...this.entrance, name };
    }
    this.status = { state: 'connecting', unreached: false };
    if (this.socket.connected) void this.enter();
    else this.socket.connect();
  }

  /** Tries to connect now, where the page is waiting for its next attempt. */
  reconnect(): void {
    const waits = this.status.state === 'reconnecting' || this.status.state === 'connecting';
    if (waits && !this.socket.connected) connectNow(this.socket);
  }

  /** Closes the connection for good. */
  close(): void {
    clearTimeout(this.reopenTimer);
    this.line.leave();
    this.rest();
    this.stopWakes();
    this.clock.stop();
    this.socket.disconnect();
    this.socket.removeAllListeners();
  }

  private listen(): void {
    this.socket.on('connect', () => void this.enter());
    this.socket.on('disconnect', (reason) => this.lost(reason));
    this.socket.on('connect_error', () => {
      if (this.status.state === 'connecting')
        this.status = { state: 'connecting', unreached: true };
      else this.lost('connect_error');
    });
    this.socket.on('frame', (bytes) => this.take(bytes));
    this.socket.on('restarting', () => {
      if (this.status.state === 'live') this.status = reconnecting('restarting');
    });
    this.socket.on('farewell', (farewell) => {
      if (farewell === 'removed' || farewell === 'session_ended') forgetPlace(this.code);
      this.status = { state: 'ended', farewell };
      this.clock.stop();
      this.socket.disconnect();
    });
  }

  private async enter(): Promise<void> {
    this.line.stop();
    const asked = deviceTime();
    const answer = await knock(this.entrance, (event, message) => this.request(event, message));
    if (answer.ok) {
      this.line.leave();
      this.clock.learn(asked, answer.now);
      this.clock.start();
      if ('wall' in answer) this.screen.begin(answer);
      this.begin(answer);
      this.status = { state: 'live' };
      if ('held' in answer) for (const fn of this.resumed) fn(answer.held);
      return;
    }
    if (answer.code === 'no_answer' || answer.code === 'internal') {
      // Not refused, only unheard: the next connection knocks again.
      if (this.status.state === 'connecting')
        this.status = { state: 'connecting', unreached: true };
      if (this.socket.connected) this.socket.disconnect();
      this.reopen();
      return;
    }
    if (answer.code === 'too_many_requests') {
      this.waitInLine(answer.retryAfter);
      return;
    }
    if (this.entrance.role === 'student') {
      if (answer.code === 'removed') forgetPlace(this.code);
    }
    this.status = { state: 'refused', code: answer.code };
  }

  /** Knocks again after a while; a connection that is lost meanwhile does so when it is back. [P93] */
  private waitInLine(retryAfter?: number): void {
    if (this.status.state === 'connecting') {
      this.status = { state: 'connecting', unreached: false, crowded: true };
    }
    this.line.wait(retryAfter, () => {
      if (this.socket.connected) void this.enter();
    });
  }

  /**
   * What was believed before a sleep may be wrong: the server's time, and that there is a connection.
   * A server that restarts keeps its word on when its pages return.
   */
  private async woke(): Promise<void> {
    this.wakes++;
    const { status, socket } = this;
    if (status.state === 'live') {
      const isHeard = await this.clock.restart();
      if (!isHeard && this.status === status && socket.connected) socket.io.engine.close();
      return;
    }
    const waits =
      status.state === 'reconnecting' ? status.why === 'lost' : status.state === 'connecting';
    if (waits && !socket.connected) connectNow(socket);
  }

  private lost(reason: string): void {
    this.clock.stop();
    if (this.status.state === 'ended' || this.status.state === 'refused') return;
    if (this.status.state === 'live') {
      this.status = reconnecting('lost');
    }
    const restarts = this.status.state === 'reconnecting' && this.status.why === 'restarting';
    if (reason === 'io server disconnect') this.reopen(restarts ? restartPause() : REOPEN);
  }

  /** Socket.IO reopens by itself only what neither side has closed on purpose. */
  private reopen(ms = REOPEN): void {
    clearTimeout(this.reopenTimer);
    this.reopenTimer = setTimeout(() => this.socket.connect(), ms);
  }

  private take(bytes: ArrayBuffer | Uint8Array): void {
    try {
      if (!this.show(decodeFrame(bytes))) this.askSnapshot();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.askSnapshot();
    }
  }

  private askSnapshot(): void {
    if (Date.now() - this.snapshotAsked < SNAPSHOT_PAUSE) return;
    this.snapshotAsked = Date.now();
    void this.request('snapshot', {});
  }
}
