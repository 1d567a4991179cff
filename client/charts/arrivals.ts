import type { Column } from '../../shared/live/column.ts';

/** Points that come at once were computed one after another, over this long at the most; seconds. */
const BURST = 1;

/** Many points at once after a longer silence come from a snapshot or an outage: nobody knows when they were computed; seconds. */
const SILENCE = 2.5;

interface Seen {
  /** Seconds since the start of the run at which each value came; NaN where nobody was looking. */
  times: Float32Array;
  length: number;
  /** When the last of them came. */
  at: number;
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
   * @param since when the class went on after its last pause, which is no silence
   */
  note(columns: ReadonlyMap<number, Column>, now: number, blind: boolean, since = 0): void {
    for (const [participant, column] of columns) {
      let seen = this.seen.get(participant);
      if (!seen) {
        seen = { times: new Float32Array(column.capacity), length: 0, at: 0 };
        this.seen.set(participant, seen);
      }
      const { times, length } = seen;
      const count = column.length - length;
      if (count <= 0) continue;
      const silence = Math.max(now - Math.max(seen.at, since), 0);
      const isUnknown = blind || (count > 1 && silence > SILENCE);
      const span = Math.min(silence, BURST);
      for (let i = 0; i < count; i++) {
        times[length + i] = isUnknown ? NaN : now - (span * (count - 1 - i)) / count;
      }
      seen.length = column.length;
      seen.at = now;
    }
  }

  /** When each value of a participant's column came, in seconds since the start of the run. */
  timesOf(participant: number): Float32Array {
    const seen = this.seen.get(participant);
    return seen ? seen.times.subarray(0, seen.length) : NOTHING;
  }
}

const NOTHING = new Float32Array(0);
