import { restartPause } from '../../shared/live/restart.ts';
import type { Held } from '../../shared/protocol/events.ts';
import { decodeFrame, FrameError, type Frame } from '../../shared/protocol/frame.ts';
import type { Bet } from '../../shared/run/bets.ts';
import type { ParticipantView, Place, SessionView } from '../../shared/protocol/views.ts';
import type { Reference } from '../charts/reference.ts';
import { Board } from './board.ts';
import { ClockSync } from './clockSync.ts';
import { forgetPlace } from './credentials.ts';
import { deviceTime } from './deviceTime.ts';
import { knock } from './knock.ts';
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
export class LiveSession {
  status = $state.raw<LiveState>({ state: 'connecting', unreached: false });
  view = $state.raw<SessionView | null>(null);
  participants = $state.raw<ReadonlyMap<number, ParticipantView>>(new Map());
  /** How many are in the room; a student's page does not know them all. */
  people = $state(0);
  /** Of a student's page: where it stands. */
  place = $state.raw<Place | null>(null);
  /** Of a student's page: what it has bet on the present run. */
  bet = $state.raw<Bet | null>(null);
  /** The link that students open. */
  joinUrl = $state('');
  /** Of a student's page: who it is. */
  self = $state.raw<{ index: number; name: string } | null>(null);
  /** The server's time minus this device's, in ms. */
  offset = $state(0);
  /** Grows when this page may have slept. */
  wakes = $state(0);
  /** Grows when the board has changed, at most once for each frame of the screen. */
  version = $state(0);
  /** On a screen: the instructor's reference, which it computes by itself. */
  reference = $state.raw<Reference | null>(null);
  /** The curves; not reactive by itself: read `version` to follow it. */
  readonly board = new Board();

  private readonly socket = openSocket();
  private readonly clock = new ClockSync(this.socket, (offset) => (this.offset = offset));
  private readonly stopWakes = onWake(() => void this.woke());
  private readonly resumed = new Set<(held: Held) => void>();
  private redraw = 0;
  private snapshotAsked = 0;
  private reopenTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private entrance: Entrance) {
    this.listen();
    this.socket.connect();
  }

  get code(): string {
    return this.entrance.code;
  }

  /** The participant that this page is. */
  get me(): ParticipantView | null {
    return (this.self && this.participants.get(this.self.index)) ?? null;
  }

  serverNow(): number {
    return deviceTime() + this.offset;
  }

  /** Sends a message; answers `no_answer` where the server does not. */
  request<E extends ClientEvent>(event: E, message: MessageOf<E>): Promise<AnswerOf<E>> {
    return ask(this.socket, event, message);
  }

  /** Calls `fn` with what the server holds, whenever this student has taken its place. */
  onResume(fn: (held: Held) => void): () => void {
    this.resumed.add(fn);
    return () => this.resumed.delete(fn);
  }

  /**
   * Puts values on the board: a frame from the server, or what this page has computed itself.
   * @returns false where values before some of these are missing
   */
  show(frame: Frame): boolean {
    const whole = this.board.apply(frame);
    this.changed();
    return whole;
  }

  /** The reference has another value, or is another one. */
  compare(reference: Reference | null): void {
    this.reference = reference;
    this.changed();
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
    cancelAnimationFrame(this.redraw);
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
    this.socket.on('session', (view) => this.see(view));
    this.socket.on('roster', (changed) => this.meet(changed));
    this.socket.on('gone', (indices) => this.part(indices));
    this.socket.on('people', (count) => (this.people = count));
    this.socket.on('place', (place) => (this.place = place));
    this.socket.on('bet', (bet) => (this.bet = bet));
    this.socket.on('named', (name) => {
      if (this.self) this.self = { ...this.self, name };
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
    const asked = deviceTime();
    const answer = await knock(this.entrance, (event, message) => this.request(event, message));
    if (answer.ok) {
      this.clock.learn(asked, answer.now);
      this.clock.start();
      this.board.clear();
      this.joinUrl = answer.joinUrl;
      this.participants = new Map(answer.participants.map((each) => [each.index, each]));
      this.people = answer.people;
      if ('index' in answer) this.board.own = answer.index;
      this.see(answer.session);
      this.status = { state: 'live' };
      if ('index' in answer) {
        this.self = { index: answer.index, name: answer.name };
        this.bet = answer.bet;
        for (const fn of this.resumed) fn(answer.held);
      }
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
    if (this.entrance.role === 'student') {
      if (answer.code === 'removed') forgetPlace(this.code);
    }
    this.status = { state: 'refused', code: answer.code };
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

  private see(view: SessionView): void {
    if (view.run?.number !== this.view?.run?.number) this.place = this.bet = null;
    this.board.follow(view.run);
    this.view = view;
    this.changed();
  }

  private meet(changed: readonly ParticipantView[]): void {
    const participants = new Map(this.participants);
    for (const participant of changed) participants.set(participant.index, participant);
    this.set(participants);
  }

  private part(indices: readonly number[]): void {
    const participants = new Map(this.participants);
    for (const index of indices) {
      // Others are no longer shown this page's own curve; here it stays.
      if (index === this.self?.index) continue;
      participants.delete(index);
      this.board.forget(index);
    }
    this.set(participants);
  }

  private set(participants: ReadonlyMap<number, ParticipantView>): void {
    this.participants = participants;
    if (this.entrance.role !== 'student') this.people = participants.size;
    this.changed();
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

  private changed(): void {
    if (this.redraw !== 0) return;
    this.redraw = requestAnimationFrame(() => {
      this.redraw = 0;
      this.version++;
    });
  }
}
