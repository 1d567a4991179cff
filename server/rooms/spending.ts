import { VERIFICATION } from '../../shared/limits.ts';

/**
 * Ms, by estimate, that replaying one run has taken. The first replay of everybody has a budget of its
 * own, so that whoever reports again and again takes nobody else's. [P50]
 */
export class Spending {
  private first = 0;
  private again = 0;
  private next = 0;
  /** By participant who was replayed: what its later replays took. */
  private readonly own = new Map<number, number>();

  /**
   * Whether a replay is made, which then counts.
   * @param cost ms, by estimate
   * @param place.leads it is the leader's
   * @param place.follows it was left out so far, and leads since others were refuted
   */
  admits(participant: number, cost: number, place: { leads: boolean; follows: boolean }): boolean {
    const { budget, own } = VERIFICATION;
    if (place.follows) {
      // One at the least, however dear; and so often that a class of cheats comes to an end.
      if (this.next > 0 && this.next + cost > budget) return false;
      this.next += cost;
      return this.note(participant, 0);
    }
    const before = this.own.get(participant);
    // Who leads is looked at though others, or it by itself, have used up what there is.
    const leads = place.leads && cost <= budget;
    if (before === undefined) {
      if (this.first > 0 && this.first + cost > budget && !leads) return false;
      this.first += cost;
      return this.note(participant, 0);
    }
    if ((before + cost > own || this.again + cost > budget) && !leads) return false;
    this.again += cost;
    return this.note(participant, cost);
  }

  private note(participant: number, cost: number): true {
    this.own.set(participant, (this.own.get(participant) ?? 0) + cost);
    return true;
  }
}
