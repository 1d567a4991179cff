import type { StudentWelcome, Welcome } from '../../shared/protocol/events.ts';
import type { Frame } from '../../shared/protocol/frame.ts';
import type { ParticipantView, Place, SessionView } from '../../shared/protocol/views.ts';
import type { Bet } from '../../shared/run/bets.ts';
import type { Reference } from '../charts/reference.ts';
import { Board } from './board.ts';
import type { LiveSocket } from './socket.ts';

/** What one page knows of a session, as the server has told it. */
export class KnownClass {
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
  /** Grows when the board has changed, at most once for each frame of the screen. */
  version = $state(0);
  /** On a screen: the instructor's reference, which it computes by itself. */
  reference = $state.raw<Reference | null>(null);
  /** The curves; not reactive by itself: read `version` to follow it. */
  readonly board = new Board();

  private redraw = 0;

  /** @param knowsEverybody whether it is told of all participants, as a screen is */
  constructor(private readonly knowsEverybody: boolean) {}

  /** The participant that this page is. */
  get me(): ParticipantView | null {
    return (this.self && this.participants.get(this.self.index)) ?? null;
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

  /** Everything anew, as a page that enters is told it; the curves follow in a frame. */
  protected begin(welcome: Welcome | StudentWelcome): void {
    this.board.clear();
    this.joinUrl = welcome.joinUrl;
    this.participants = new Map(welcome.participants.map((each) => [each.index, each]));
    this.people = welcome.people;
    if ('index' in welcome) {
      this.board.own = welcome.index;
      this.self = { index: welcome.index, name: welcome.name };
    }
    this.see(welcome.session);
    if ('index' in welcome) this.bet = welcome.bet;
  }

  /** Keeps what is told of the class from then on. */
  protected follow(socket: LiveSocket): void {
    socket.on('session', (view) => this.see(view));
    socket.on('roster', (changed) => this.meet(changed));
    socket.on('gone', (indices) => this.part(indices));
    socket.on('people', (count) => (this.people = count));
    socket.on('place', (place) => (this.place = place));
    socket.on('bet', (bet) => (this.bet = bet));
    socket.on('named', (name) => {
      if (this.self) this.self = { ...this.self, name };
    });
  }

  /** Nothing is drawn any more. */
  protected rest(): void {
    cancelAnimationFrame(this.redraw);
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
    if (this.knowsEverybody) this.people = participants.size;
    this.changed();
  }

  private changed(): void {
    if (this.redraw !== 0) return;
    this.redraw = requestAnimationFrame(() => {
      this.redraw = 0;
      this.version++;
    });
  }
}
