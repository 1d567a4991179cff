import { STUDENT_FEED, TIMING } from '../../shared/limits.ts';

/**
 * Whose curves the students of a large class are shown: the leaders, and those whom most students
 * have pinned. Ranks change with every batch, and a curve that is shown has to be sent from its
 * first point, so one stays until it has clearly fallen back.
 */
export class Shown {
  readonly participants = new Set<number>();
  private readonly pins = new Map<number, number>();
  private changedAt = -Infinity;

  /** A student has pinned another's curve, or none any more. */
  pin(student: number, participant: number | null): void {
    if (participant === null) this.pins.delete(student);
    else this.pins.set(student, participant);
  }

  leave(participant: number): void {
    this.participants.delete(participant);
    this.pins.delete(participant);
    for (const [student, pinned] of this.pins) {
      if (pinned === participant) this.pins.delete(student);
    }
  }

  /** Everybody, in a class that is small enough. */
  showAll(everybody: Iterable<number>): void {
    for (const participant of everybody) this.participants.add(participant);
  }

  /**
   * @param order participants of the run, best first
   * @param now server time in ms
   */
  choose(order: readonly number[], now: number): void {
    const { leaders, followed } = STUDENT_FEED;
    const near = new Set(order.slice(0, 2 * leaders));
    const pinned = this.mostPinned(followed);
    const keeps = (participant: number) => near.has(participant) || pinned.has(participant);
    const best = order.slice(0, leaders);
    for (const participant of this.participants) {
      if (!keeps(participant)) this.participants.delete(participant);
    }
    for (const participant of pinned) this.participants.add(participant);
    const room = () => this.participants.size < leaders + followed;
    const open = () => best.filter((participant) => !this.participants.has(participant));
    // What is not full is filled; after that the first one always has a place.
    for (const participant of open()) {
      if (this.unpinned(pinned).length < leaders && room()) this.participants.add(participant);
    }
    const [first] = best;
    if (first === undefined || this.participants.has(first)) return;
    if (now - this.changedAt < TIMING.shownFor) return;
    this.changedAt = now;
    const rank = new Map(order.map((participant, k) => [participant, k]));
    const last = this.unpinned(pinned).sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0))[0];
    if (last !== undefined) this.participants.delete(last);
    this.participants.add(first);
  }

  private unpinned(pinned: ReadonlySet<number>): number[] {
    return [...this.participants].filter((participant) => !pinned.has(participant));
  }

  private mostPinned(most: number): Set<number> {
    const votes = new Map<number, number>();
    for (const participant of this.pins.values()) {
      votes.set(participant, (votes.get(participant) ?? 0) + 1);
    }
    const ordered = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return new Set(ordered.slice(0, most).map(([participant]) => participant));
  }
}
