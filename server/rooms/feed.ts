import { MAX_FRAME_BYTES } from '../../shared/limits.ts';
import { shareOf } from '../../shared/live/share.ts';
import type { ServerEvents } from '../../shared/protocol/events.ts';
import type { Standings } from '../../shared/protocol/frame.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { Coalescer, pointsIn } from './coalescer.ts';
import { frameOf } from './frames.ts';
import { Notices } from './notices.ts';
import { AUDIENCES, type Outlet } from './outlet.ts';
import type { Run } from './run.ts';
import { StudentFeed, type Class } from './studentFeed.ts';

/** What the feed asks its room for at the moment of sending. */
export interface Source extends Class {
  /** Everybody who is in the room, as instructors see them: `view` is what all others see. */
  participants: () => ParticipantView[];
  instructorView: (participant: number) => ParticipantView | null;
  /** Whether instructors see other names than everybody else. */
  hidesNames: () => boolean;
  /** The standings, where they are no longer those that were sent last. */
  newStandings: () => Standings | null;
}

/** What a room has yet to tell its pages: the screens everything, the students what they need. */
export class Feed {
  readonly students: StudentFeed;
  private readonly notices = new Notices();
  private present: { run: Run; unsent: Coalescer } | null = null;
  /** Server time of the last look at the standings, and whether another is due. */
  private rankedAt = -Infinity;
  private owesStandings = false;

  constructor(
    private readonly outlet: Outlet,
    private readonly source: Source,
  ) {
    this.students = new StudentFeed(outlet, source);
  }

  get isEmpty(): boolean {
    return this.screensHaveAll && this.students.isEmpty;
  }

  private get screensHaveAll(): boolean {
    return this.hasSentData && !this.owesStandings;
  }

  private get hasSentData(): boolean {
    return this.notices.isEmpty && (this.present?.unsent.isEmpty ?? true);
  }

  /** The data to come is that of another run. */
  follow(run: Run | null): void {
    this.present = run && { run, unsent: new Coalescer(run) };
    this.students.follow(run);
  }

  grew(participant: number): void {
    this.present?.unsent.mark(participant);
    this.students.grew(participant);
  }

  changed(participant: number): void {
    this.notices.change(participant);
  }

  left(participant: number): void {
    this.notices.leave(participant);
  }

  /** What is outstanding, up to the size of one frame; each audience's is encoded once for all. [P19] */
  send(): void {
    this.sendToScreens();
    this.students.send();
  }

  sendAll(): void {
    do this.sendToScreens(true);
    while (!this.screensHaveAll);
    this.students.sendAll();
  }

  /** After a change that touches everybody: tells of those whose view is another now. */
  sendDifferences(): void {
    this.notices.compare(this.source.participants());
    this.sendNotices();
  }

  broadcast<E extends keyof ServerEvents>(event: E, ...message: Parameters<ServerEvents[E]>): void {
    for (const audience of AUDIENCES) this.outlet.broadcast(audience, event, ...message);
  }

  private sendToScreens(isLast = false): void {
    this.sendNotices();
    if (!this.present) return;
    const { run, unsent } = this.present;
    const series = unsent.take(MAX_FRAME_BYTES);
    const standings = this.standings(isLast);
    if (series.length > 0 || standings) {
      this.outlet.broadcast('screens', 'frame', frameOf(run.number, series, standings));
      this.source.sent('screens', pointsIn(series));
    }
  }

  /** Ranking a large class with every frame would cost the more, the less can be seen of it. */
  private standings(isLast: boolean): Standings | null {
    const { showsAll, tick } = shareOf(this.source.count());
    const now = this.source.now();
    this.owesStandings = !isLast && !showsAll && now - this.rankedAt < tick;
    if (this.owesStandings) return null;
    this.rankedAt = now;
    return this.source.newStandings();
  }

  private sendNotices(): void {
    if (this.notices.isEmpty) return;
    const { source, outlet } = this;
    const { changed, gone } = this.notices.take(source.instructorView);
    const shown = source.hidesNames()
      ? changed.flatMap(({ index }) => source.view(index) ?? [])
      : changed;
    if (shown === changed) {
      if (changed.length > 0) outlet.broadcast('screens', 'roster', changed);
    } else {
      outlet.broadcast('instructors', 'roster', changed);
      outlet.broadcast('projectors', 'roster', shown);
    }
    if (gone.length > 0) outlet.broadcast('screens', 'gone', gone);
    this.students.tell(shown, gone);
  }
}
