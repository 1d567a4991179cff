import { MAX_FRAME_BYTES } from '../../shared/limits.ts';
import type { ServerEvents } from '../../shared/protocol/events.ts';
import type { Standings } from '../../shared/protocol/frame.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { Coalescer } from './coalescer.ts';
import { frameOf } from './frames.ts';
import { Notices } from './notices.ts';
import { AUDIENCES, type Outlet } from './outlet.ts';
import type { Run } from './run.ts';

/** What the feed asks its room for at the moment of sending. */
export interface Source {
  /** Everybody who is in the room. */
  participants: () => ParticipantView[];
  /** The standings, where they are no longer those that were sent last. */
  newStandings: () => Standings | null;
}

/** What a room has yet to tell its pages. */
export class Feed {
  private readonly notices = new Notices();
  private present: { run: Run; unsent: Coalescer } | null = null;

  constructor(
    private readonly outlet: Outlet,
    private readonly source: Source,
  ) {}

  get isEmpty(): boolean {
    return this.notices.isEmpty && (this.present?.unsent.isEmpty ?? true);
  }

  /** The data to come is that of another run. */
  follow(run: Run | null): void {
    this.present = run && { run, unsent: new Coalescer(run) };
  }

  grew(participant: number): void {
    this.present?.unsent.mark(participant);
  }

  changed(participant: number): void {
    this.notices.change(participant);
  }

  left(participant: number): void {
    this.notices.leave(participant);
  }

  /** What is outstanding, up to the size of one frame; the frame is encoded once for all. [P19] */
  send(): void {
    this.sendNotices();
    if (!this.present) return;
    const { run, unsent } = this.present;
    const series = unsent.take(MAX_FRAME_BYTES);
    const standings = this.source.newStandings();
    if (series.length > 0 || standings) {
      this.broadcast('frame', frameOf(run.number, series, standings));
    }
  }

  sendAll(): void {
    do this.send();
    while (!this.isEmpty);
  }

  /** After a change that touches everybody: tells of those whose view is another now. */
  sendDifferences(): void {
    this.notices.compare(this.source.participants());
    this.sendNotices();
  }

  broadcast<E extends keyof ServerEvents>(event: E, ...message: Parameters<ServerEvents[E]>): void {
    for (const audience of AUDIENCES) this.outlet.broadcast(audience, event, ...message);
  }

  private sendNotices(): void {
    if (this.notices.isEmpty) return;
    const { changed, gone } = this.notices.take(this.source.participants());
    if (changed.length > 0) this.broadcast('roster', changed);
    if (gone.length > 0) this.broadcast('gone', gone);
  }
}
