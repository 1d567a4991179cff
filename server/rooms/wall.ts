import type { Refusal } from '../../shared/protocol/codes.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import type { Phase } from '../../shared/session.ts';
import {
  staysPointed,
  USUAL_WALL,
  wallOfNextRun,
  type ShownReplay,
  type WallChange,
  type WallView,
} from '../../shared/wall.ts';
import type { Journal } from './journal.ts';
import type { Outlet } from './outlet.ts';
import type { Run } from './run.ts';
import { soundView, WallReplay, type Viewed } from './wallReplay.ts';

/** What a wall asks of its room. */
interface Classroom extends Viewed {
  context: { outlet: Outlet };
  run: Run | null;
  phase: Phase;
  journal: Journal;
}

/** How the projectors of a room show its run, and whose curve an instructor points at on them. */
export class Wall {
  private finger: { participant: number; peer: string } | null = null;
  private readonly again: WallReplay;

  /** @param chosen what was stored of it; null where nobody has chosen */
  constructor(
    private readonly room: Classroom,
    private chosen: WallView | null = null,
  ) {
    this.again = new WallReplay(room);
  }

  get view(): WallView {
    return this.chosen ?? USUAL_WALL;
  }

  /** What is stored. */
  get record(): WallView | null {
    return this.chosen;
  }

  /** The participant that is pointed at. */
  get pointed(): number | null {
    return this.finger?.participant ?? null;
  }

  /** The run that is shown again in the place of the present one. */
  get replayed(): ShownReplay | null {
    return this.again.shown;
  }

  /** Whether this run is shown, beside the present one or in its place. */
  shows(run: number): boolean {
    return this.view.laid === run || this.again.shows(run);
  }

  /**
   * Changes what is given and leaves the rest; participants that are not in the room and a run that
   * cannot be laid under the present one count for nothing. It is told anew also where nothing has
   * changed: a hand at the projector may have. [P100]
   */
  conduct(change: WallChange): void {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.turn({ ...this.view, ...(Object.fromEntries(given) as Partial<WallView>) });
  }

  /** Points at a participant; only who has pointed can stop. [P101] */
  point(peer: string, participant: number | null): void {
    if (participant === null) this.lower(peer);
    else if (this.room.roster.get(participant)) this.turnFinger({ participant, peer });
  }

  /** Shows a run again; null takes back only what this page shows. [P105] */
  replay(peer: string, shown: ShownReplay | null): Refusal | null {
    return this.again.show(peer, shown);
  }

  /** Shows the present run again, whichever page shows another. [P105] */
  endReplay(): void {
    this.again.end();
  }

  /** This page has gone, and what it pointed at and showed again with it. */
  letGo(peer: string): void {
    this.lower(peer);
    this.again.letGo(peer);
  }

  /** A participant has left the room. */
  forget(participant: number): void {
    if (this.pointed === participant) this.turnFinger(null);
    const { pins, hidden } = this.view;
    if (pins.includes(participant) || hidden.includes(participant)) this.turn(this.view);
  }

  /** The session has gone over to another phase. */
  moved(before: Phase, after: Phase): void {
    if (!staysPointed(before, after)) this.turnFinger(null);
    if (after === 'countdown') this.again.end();
  }

  /** Another run is prepared. [P102] */
  follow(before: RunSettings | null, next: RunSettings): void {
    this.turnFinger(null);
    this.again.follow();
    const isSame =
      before === null || (before.experiment === next.experiment && before.model === next.model);
    if (this.chosen) this.turn(isSame ? wallOfNextRun(this.chosen) : USUAL_WALL);
  }

  private turn(view: WallView): void {
    this.chosen = soundView(view, this.room.run, this.room);
    this.room.context.outlet.broadcast('screens', 'wall', this.chosen);
    this.room.journal.note();
  }

  private lower(peer: string): void {
    if (this.finger?.peer === peer) this.turnFinger(null);
  }

  private turnFinger(finger: { participant: number; peer: string } | null): void {
    const before = this.pointed;
    this.finger = finger;
    if (before === this.pointed) return;
    this.room.context.outlet.broadcast('projectors', 'pointed', this.pointed);
  }
}
