import { MAX_SCREENS, TIMING } from '../../shared/limits.ts';
import type { JournalContext } from './journal.ts';
import { Timers } from './timers.ts';

type Role = 'instructor' | 'projector';

interface Screen {
  role: Role;
  /** Whether an instructor's page has opened it; any of theirs counts as such. */
  isInstructors: boolean;
}

/**
 * The pages of instructors and projectors that are connected, and whether the class has been
 * without an instructor for longer than a reload or a restart of the server takes. [P35]
 */
export class Screens {
  /** By peer, those who came last at the end. */
  private readonly screens = new Map<string, Screen>();
  private readonly timers: Timers<'unattended'>;
  private unattended = false;

  /** @param changed is called when `isUnattended` has changed */
  constructor(
    { time, log, code }: Pick<JournalContext, 'time' | 'log' | 'code'>,
    private readonly changed: () => void,
  ) {
    this.timers = new Timers(time, log, code);
    this.look();
  }

  get size(): number {
    return this.screens.size;
  }

  /** Whether another of this role may come: who has only the code takes no instructor's place. [P92] */
  hasPlaceFor(role: Role): boolean {
    return this.count(role) < MAX_SCREENS;
  }

  count(role: Role): number {
    return [...this.screens.values()].filter((each) => each.role === role).length;
  }

  /**
   * Of the projectors that no instructor's page has opened the one that came last; where there is
   * none, of those that one has opened the first, which is the likeliest to be forgotten. [P97]
   */
  get projectorToGiveWay(): string | null {
    const projectors = [...this.screens].filter(([, { role }]) => role === 'projector');
    const last = projectors.findLast(([, { isInstructors }]) => !isInstructors);
    return (last ?? projectors[0])?.[0] ?? null;
  }

  /** No instructor has been connected for `TIMING.unattended`, nor is one now. */
  get isUnattended(): boolean {
    return this.unattended;
  }

  has(peer: string): boolean {
    return this.screens.has(peer);
  }

  enter(peer: string, role: Role, isInstructors = role === 'instructor'): void {
    this.screens.set(peer, { role, isInstructors });
    this.look();
  }

  leave(peer: string): void {
    if (this.screens.delete(peer)) this.look();
  }

  close(): void {
    this.timers.cancelAll();
  }

  private look(): void {
    if (this.count('instructor') > 0) {
      this.timers.cancel('unattended');
      this.turn(false);
    } else if (!this.unattended && !this.timers.isSet('unattended')) {
      this.timers.set('unattended', TIMING.unattended, () => this.turn(true));
    }
  }

  private turn(unattended: boolean): void {
    if (unattended === this.unattended) return;
    this.unattended = unattended;
    this.changed();
  }
}
