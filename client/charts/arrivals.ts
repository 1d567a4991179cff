import type { Column } from '../../shared/live/column.ts';

/** Points that come at once were computed one after another, over this long at the most; seconds. */
const BURST = 1;

interface Seen {
  /** Seconds since the start of the run at which each value came; NaN where nobody was looking. */
  times: Float32Array;
  length: number;
}

/**
 * When the points of a run came to this page. The wire carries no times, so this is what a page can
 * say of how long devices took: right to a tick of the room and the way through the network.
 */
export class Arrivals {
  private readonly seen = new Map<number, Seen>();

  /**
   * Notes the values that are new.
   * @param now seconds since the start of the run
   * @param blind whether the page has not been looking since it looked last: what is new then came
   *   at a time that is not known
   */
  note(columns: ReadonlyMap<number, Column>, now: number, blind: boolean): void {
    for (const [participant, column] of columns) {
      let seen = this.seen.get(participant);
      if (!seen) {
        seen = { times: new Float32Array(column.capacity), length: 0 };
        this.seen.set(participant, seen);
      }
      const { times, length } = seen;
      const count = column.length - length;
      if (count <= 0) continue;
      const last = length > 0 ? times[length - 1]! : 0;
      const span = Number.isNaN(last) ? BURST : Math.min(Math.max(now - last, 0), BURST);
      for (let i = 0; i < count; i++) {
        times[length + i] = blind ? NaN : now - (span * (count - 1 - i)) / count;
      }
      seen.length = column.length;
    }
  }

  /** When each value of a participant's column came, in seconds since the start of the run. */
  timesOf(participant: number): Float32Array {
    const seen = this.seen.get(participant);
    return seen ? seen.times.subarray(0, seen.length) : NOTHING;
  }
}

const NOTHING = new Float32Array(0);
