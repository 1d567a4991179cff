import type { Clock } from '../../shared/clock.ts';
import { TIMING } from '../../shared/limits.ts';
import type { Welcome } from '../../shared/protocol/events.ts';
import type { NameLanguage } from '../../shared/nicknames/words.ts';
import type { ParticipantView, SessionView } from '../../shared/protocol/views.ts';
import { transition, type Phase } from '../../shared/session.ts';
import type { SessionRecord, StoredSession } from '../store/store.ts';
import { wholeSeries } from './coalescer.ts';
import { Draft } from './draft.ts';
import { Feed } from './feed.ts';
import { frameOf } from './frames.ts';
import { Journal, type JournalContext } from './journal.ts';
import type { Meter } from './meter.ts';
import type { Outlet } from './outlet.ts';
import { PredictionBoard } from './predictions.ts';
import type { PageOf } from './pseudonyms.ts';
import { recordsOf } from './records.ts';
import { Roster } from './roster.ts';
import { restoredRuns, type Run } from './run.ts';
import { RunTimers } from './runTimers.ts';
import { Screens } from './screens.ts';
import { newStandings, sourceOf } from './source.ts';
import { hasStarted, isComplete, viewOf } from './state.ts';
import { Timers } from './timers.ts';
import { Verification } from './verification.ts';
import type { Verifier } from './verifier.ts';
import { Wall } from './wall.ts';
import { sessionViewOf, welcomeOf } from './welcome.ts';

export interface RoomContext extends JournalContext {
  outlet: Outlet;
  meter: Meter;
  verifier: Verifier;
  /** The link that students open. */
  joinUrl: () => string;
  /** Nobody has been connected for `TIMING.sessionIdle`, and nobody is. */
  onIdle: () => void;
}

/**
 * One session: who is in it, where it stands, and what its pages have yet to be told. What
 * participants and instructors can do to it is in `entrance.ts`, `conduct.ts` and `reports.ts`.
 */
export class Room {
  readonly roster: Roster;
  readonly screens: Screens;
  readonly journal: Journal;
  /** Runs before the present one, the oldest first. */
  readonly history: Run[];
  readonly predictions = new PredictionBoard(this);
  readonly wall: Wall;
  readonly draft: Draft;
  locked: boolean;
  /** The language of the names that all but instructors see in the place of the true ones. */
  pseudonyms: NameLanguage | null;
  /** Simulated students that have been asked for and have not all joined yet. */
  expectedSimulated = 0;
  private phaseNow: Phase;
  private runNow: Run | null = null;
  /** When somebody was last connected, in ms of server time. */
  lastUse: number;
  private occupied = false;
  private readonly feed: Feed;
  private readonly timers: Timers<'tick' | 'idle'>;
  private readonly runTimers: RunTimers;
  private readonly verification: Verification;
  private closed = false;

  constructor(
    readonly context: RoomContext,
    readonly origin: Pick<SessionRecord, 'instructorHash' | 'createdAt'>,
    stored?: StoredSession,
  ) {
    this.timers = new Timers(context.time, context.log, context.code);
    this.runTimers = new RunTimers(this);
    const tellAll = () => this.feed.broadcast('session', this.view());
    this.journal = new Journal(context, recordsOf(this), tellAll, stored);
    this.screens = new Screens(context, tellAll);
    this.feed = new Feed(context.outlet, sourceOf(this));
    this.verification = new Verification(context, (run, participant) => {
      this.journal.noteLater({ runs: [run.number] });
      if (run === this.run) this.changed(participant);
      this.predictions.outdate(run);
    });
    this.locked = stored?.session.locked ?? false;
    this.pseudonyms = stored?.session.pseudonyms ?? null;
    this.phaseNow = stored?.session.phase ?? 'lobby';
    this.roster = new Roster(stored?.participants, this.now);
    this.wall = new Wall(this, stored?.session.wall);
    this.draft = new Draft(this, stored?.session.draft);
    this.history = stored ? restoredRuns(stored) : [];
    this.run = this.history.pop() ?? null;
    this.lastUse = stored?.session.usedAt ?? this.now;
    if (stored) this.goOn();
    else this.journal.note();
    this.watchIdleness();
  }

  get code(): string {
    return this.context.code;
  }

  get now(): number {
    return this.context.time.now();
  }

  get phase(): Phase {
    return this.phaseNow;
  }

  get instructorHash(): string {
    return this.origin.instructorHash;
  }

  /** The run that is prepared, under way or just finished. */
  get run(): Run | null {
    return this.runNow;
  }

  set run(run: Run | null) {
    this.runNow = run;
    this.feed.follow(run);
  }

  /** All that the session remembers, the oldest first. */
  get runs(): Run[] {
    return this.run ? [...this.history, this.run] : this.history;
  }

  /** Its number, where there is one: what the journal is told when it has changed. */
  get presentRun(): number[] {
    return this.run ? [this.run.number] : [];
  }

  /** Whether anybody is connected. */
  get isOccupied(): boolean {
    return this.screens.size > 0 || this.roster.isOccupied;
  }

  /** Whether it has left the memory: what enters it now is lost. */
  get isClosed(): boolean {
    return this.closed;
  }

  view(): SessionView {
    return sessionViewOf(this);
  }

  /** Everybody, as an instructor sees them. */
  participants(): ParticipantView[] {
    return this.roster.participants.map((p) => viewOf(p, this.phase, this.run));
  }

  /** What a page begins with. */
  welcome(page: PageOf): Welcome {
    return welcomeOf(this, page, (student) => this.feed.students.knownTo(student));
  }

  /**
   * The columns of the present run, all of them or those that a student is shown. Chunks say where
   * they start, so nothing that is under way hurts.
   */
  sendSnapshot(peer: string, student: number | null = null): void {
    const { run } = this;
    if (!run) return;
    if (student !== null) {
      this.feed.students.sendSnapshot(peer, student);
      this.requestTick();
      return;
    }
    const standings = hasStarted(this.phase) ? run.standings : null;
    this.context.outlet.send(peer, 'frame', frameOf(run.number, wholeSeries(run), standings));
  }

  /** This participant's columns have grown or ended. */
  grew(participant: number): void {
    this.feed.grew(participant);
    if (this.run) this.journal.grew(this.run.number, participant);
    if (this.run && this.phase === 'finished') {
      this.verification.grew(this.run, participant);
      this.predictions.outdate(this.run);
    }
    this.requestTick();
  }

  /** What pages see of this participant has changed. */
  changed(participant: number): void {
    this.feed.changed(participant);
    this.requestTick();
  }

  /** A student wants to go on seeing that participant's curve, or none in particular. */
  pin(student: number, participant: number | null): void {
    this.feed.students.pin(student, participant);
    this.requestTick();
  }

  /** Students are told anew who is next to them. */
  forgetPlaces(): void {
    this.feed.students.forgetPlaces();
  }

  left(participant: number): void {
    if (this.run) this.predictions.outdate(this.run);
    // Who leads now may not have been replayed.
    if (this.run && this.phase === 'finished') this.verification.request(this.run);
    this.wall.forget(participant);
    this.feed.left(participant);
    this.requestTick();
  }

  requestTick(): void {
    if (this.closed || this.timers.isSet('tick')) return;
    this.timers.set('tick', TIMING.tick, () => {
      const began = performance.now();
      this.tick();
      this.context.meter.ticked(performance.now() - began);
    });
  }

  /** Makes a change that every page must see: first what is outstanding, then the change. [P21] */
  announce(change: () => void): void {
    this.feed.sendAll();
    change();
    // Before the session, so that a page knows its learning rate when it hears of the countdown.
    this.feed.sendDifferences();
    this.feed.broadcast('session', this.view());
    this.journal.note({ runs: this.presentRun });
    this.requestTick();
  }

  /** Goes over to `phase` with the clock of the run, which may be another one, set to `clock`. */
  move(phase: Phase, clock: Clock | null, run = this.run): void {
    const before = this.phase;
    this.announce(() => {
      this.phaseNow = phase;
      if (run !== this.run) this.run = run;
      if (run) run.clock = clock;
      if (run) this.predictions.outdate(run);
      this.predictions.judge();
    });
    if (phase === 'finished' && run) this.verification.request(run);
    this.runTimers.follow();
    this.wall.moved(before, phase);
  }

  /** To be called whenever somebody has come or gone. */
  watchIdleness(): void {
    if (this.closed) return;
    const wasOccupied = this.occupied;
    this.occupied = this.isOccupied;
    if (this.occupied || wasOccupied) this.used();
    if (this.occupied) this.timers.cancel('idle');
    else if (!this.timers.isSet('idle')) {
      this.timers.set('idle', TIMING.sessionIdle, () => this.context.onIdle());
    }
  }

  /** Somebody is, or was until now, connected. */
  used(): void {
    this.lastUse = this.now;
    this.journal.noteLater();
  }

  /** Stops all timers; resolves to whether everything is stored. */
  async close(): Promise<boolean> {
    this.closed = true;
    for (const timers of [this.timers, this.runTimers]) timers.cancelAll();
    this.screens.close();
    this.verification.close();
    const isStored = await this.journal.flush();
    await this.journal.halt();
    return isStored;
  }

  private goOn(): void {
    newStandings(this);
    this.predictions.outdate(...this.runs);
    this.predictions.judge();
    this.runTimers.follow();
    for (const run of this.history) this.verification.request(run);
    if (this.run && this.phase === 'finished') this.verification.request(this.run);
    // Those who do not come back are no longer waited for after a while.
    this.context.time.after(TIMING.awayGrace, () => this.requestTick());
  }

  private tick(): void {
    this.feed.send();
    this.predictions.judge();
    if (!this.feed.isEmpty) this.requestTick();
    const { run, phase } = this;
    if (!run || !isComplete(run, this.roster, this.now)) return;
    const finished = transition(phase, 'complete');
    if (finished) this.move(finished, run.clock);
  }
}
