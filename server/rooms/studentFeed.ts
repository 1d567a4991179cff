import { shareOf, type Share } from '../../shared/live/share.ts';
import { STUDENT_FEED, TIMING } from '../../shared/limits.ts';
import type { Standings } from '../../shared/protocol/frame.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { Band } from './band.ts';
import { Coalescer, pointsIn, seriesOf } from './coalescer.ts';
import { frameOf, studentFrameOf } from './frames.ts';
import { sameStandings } from '../../shared/live/leaderboard.ts';
import type { Audience, Outlet } from './outlet.ts';
import { Places } from './places.ts';
import type { Run } from './run.ts';
import { Shown } from './shown.ts';

/** What the students' feed asks its room for. */
export interface Class {
  /** How many are in the room. */
  count: () => number;
  indices: () => Iterable<number>;
  view: (participant: number) => ParticipantView | null;
  /** The connection of a participant, where there is one. */
  peer: (participant: number) => string | null;
  /** Whether there are standings to tell. */
  isRanking: () => boolean;
  /** Server time in ms. */
  now: () => number;
  /** A frame with this many points has gone out to an audience. */
  sent: (audience: Audience, points: number) => void;
}

/** Ticks of the room in which everybody is told its place once. */
const TURNS = TIMING.place / TIMING.tick;
const NO_STANDINGS: Standings = { arrived: 0, order: [] };

/**
 * What the students of a room are told: one frame for all of them, with the curves of a few and the
 * quantiles of all, and to each its own place. What it costs grows with the class, and what one
 * student receives does not.
 */
export class StudentFeed {
  private readonly shown = new Shown();
  private readonly places = new Places();
  private present: { run: Run; unsent: Coalescer; band: Band } | null = null;
  private toldStandings = NO_STANDINGS;
  private toldPeople = 0;
  private snapshot: Uint8Array | null = null;
  private sentAt = -Infinity;
  /** Whose turn it is to be told its place, and how many turns are left until all have been. */
  private turn = 0;
  private unplaced = 0;
  /** Bytes that may be sent; below 0 after a frame that was larger than that. */
  private credit = 0;
  private stale = false;

  constructor(
    private readonly outlet: Outlet,
    private readonly members: Class,
  ) {}

  /** Whether a later tick has something to send. */
  get isEmpty(): boolean {
    return !this.hasData && this.unplaced === 0;
  }

  private get hasData(): boolean {
    return this.stale || !(this.present?.unsent.isEmpty ?? true);
  }

  /** The data to come is that of another run. */
  follow(run: Run | null): void {
    this.present = run && { run, unsent: new Coalescer(run), band: new Band(run) };
    this.toldStandings = NO_STANDINGS;
    this.snapshot = null;
    this.stale = true;
  }

  grew(participant: number): void {
    this.stale = true;
    if (this.shown.participants.has(participant)) this.present?.unsent.mark(participant);
  }

  pin(student: number, participant: number | null): void {
    this.shown.pin(student, participant);
    this.stale = true;
  }

  /** Tells of participants that have changed or gone: the shown to all, each other one to itself. */
  tell(changed: readonly ParticipantView[], gone: readonly number[]): void {
    const isShown = (participant: number) => this.shown.participants.has(participant);
    const shown = changed.filter(({ index }) => isShown(index));
    if (shown.length > 0) this.outlet.broadcast('students', 'roster', shown);
    for (const view of changed) {
      const peer = isShown(view.index) ? null : this.members.peer(view.index);
      if (peer !== null) this.outlet.send(peer, 'roster', [view]);
    }
    const left = gone.filter(isShown);
    if (left.length > 0) this.outlet.broadcast('students', 'gone', left);
    for (const participant of gone) {
      this.shown.leave(participant);
      this.places.forget(participant);
    }
    this.stale = true;
  }

  /** Names have changed: everybody is told its place anew. */
  forgetPlaces(): void {
    this.places.forgetAll();
    this.unplaced = TURNS;
  }

  /** Sends what is due. */
  send(): void {
    if (this.unplaced > 0) this.sendPlaces();
    const share = shareOf(this.members.count());
    const now = this.members.now();
    const waited = now - this.sentAt;
    if (waited < share.tick || !this.hasData) return;
    const second = share.bytesPerSecond;
    this.credit = Math.min(this.credit + (second * Math.min(waited, 1_000)) / 1_000, second);
    this.sendNow(share, Math.max(0, this.credit));
    this.unplaced = TURNS;
  }

  /** Sends everything, whether it is due or not, before a change that must not overtake it. [P21] */
  sendAll(): void {
    if (this.hasData) this.sendNow(shareOf(this.members.count()), Infinity);
    this.sendPlaces(() => true);
    this.unplaced = 0;
  }

  /** Participants whom a student knows when it enters. */
  knownTo(student: number): ParticipantView[] {
    const known = new Set(this.shown.participants).add(student);
    return [...known].flatMap((participant) => this.members.view(participant) ?? []);
  }

  /** All that students are shown of the present run, made once for all who come between two frames. */
  sendSnapshot(peer: string, student: number): void {
    if (!this.present) return;
    const { run, band } = this.present;
    const standings = this.members.isRanking() ? this.shownStandings(run) : null;
    this.snapshot ??= studentFrameOf(run.number, this.shownSeries(run), standings, band.whole);
    this.outlet.send(peer, 'frame', this.snapshot);
    const own = run.entry(student);
    if (!own) return;
    if (own.losses.length + own.evaluations.length > 0) {
      this.outlet.send(peer, 'frame', frameOf(run.number, [seriesOf(run, own)], null));
    }
    this.places.forget(student);
    this.stale = true;
  }

  private sendNow(share: Share, bytes: number): void {
    this.sentAt = this.members.now();
    this.stale = false;
    this.snapshot = null;
    this.choose(share);
    this.sendPeople();
    if (!this.present) return;
    const { run, unsent, band } = this.present;
    const quantiles = share.showsAll
      ? null
      : band.take(bytes === Infinity ? Infinity : STUDENT_FEED.bandWindows);
    const series = bytes > 0 ? unsent.take(bytes) : [];
    const standings = this.newStandings(run);
    if (series.length === 0 && !standings && !quantiles) return;
    const frame = studentFrameOf(run.number, series, standings, quantiles);
    this.credit -= frame.byteLength;
    if (quantiles) this.stale = true;
    this.outlet.broadcast('students', 'frame', frame);
    this.members.sent('students', pointsIn(series));
  }

  /** Decides anew who is shown, and tells the students of those who are another now. */
  private choose({ showsAll }: Share): void {
    const { participants } = this.shown;
    const before = new Set(participants);
    if (showsAll) this.shown.showAll(this.members.indices());
    else this.shown.choose(this.leaders(), this.members.now());
    const added = [...participants].filter((participant) => !before.has(participant));
    const dropped = [...before].filter((participant) => !participants.has(participant));
    if (dropped.length > 0) this.outlet.broadcast('students', 'gone', dropped);
    const views = added.flatMap((participant) => this.members.view(participant) ?? []);
    if (views.length > 0) this.outlet.broadcast('students', 'roster', views);
    for (const participant of dropped) this.present?.unsent.unmark(participant);
    for (const participant of added) this.present?.unsent.restart(participant);
  }

  /** Participants, best first; nobody leads before there is something to compare. */
  private leaders(): readonly number[] {
    const { arrived, order } = this.present?.run.standings ?? NO_STANDINGS;
    return arrived > 0 ? order : [];
  }

  private isNextTurn(): (participant: number) => boolean {
    const turn = this.turn;
    this.turn = (turn + 1) % TURNS;
    this.unplaced = Math.max(0, this.unplaced - 1);
    return (participant) => participant % TURNS === turn;
  }

  private sendPeople(): void {
    const people = this.members.count();
    if (people === this.toldPeople) return;
    this.toldPeople = people;
    this.outlet.broadcast('students', 'people', people);
  }

  private newStandings(run: Run): Standings | null {
    if (!this.members.isRanking()) return null;
    const standings = this.shownStandings(run);
    if (sameStandings(standings, this.toldStandings)) return null;
    this.toldStandings = standings;
    return standings;
  }

  private shownStandings({ standings }: Run): Standings {
    const order = standings.order.filter((participant) => this.shown.participants.has(participant));
    return { arrived: standings.arrived, order };
  }

  private shownSeries(run: Run) {
    return [...this.shown.participants].flatMap((participant) => {
      const entry = run.entry(participant);
      return entry ? [seriesOf(run, entry)] : [];
    });
  }

  /** Tells one part of the class after the other, since to tell thousands at once takes too long. */
  private sendPlaces(isDue = this.isNextTurn()): void {
    const run = this.present?.run;
    if (!run || !this.members.isRanking()) return;
    const { arrived, order } = run.standings;
    this.places.changes(
      order,
      isDue,
      (participant) => {
        const entry = run.entry(participant);
        const view = this.members.view(participant);
        if (!entry || !view) return null;
        const { rate, losses, divergedAt, verdict } = entry;
        const isSound = divergedAt === null && verdict?.state !== 'refuted';
        const isRanked = arrived > 0 && isSound && losses.length >= arrived;
        return { name: view.name, rate, isRanked };
      },
      (participant, place) => {
        const peer = this.members.peer(participant);
        if (peer !== null) this.outlet.send(peer, 'place', place);
      },
    );
  }
}
