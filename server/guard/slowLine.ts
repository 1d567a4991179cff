import { SLOW_LINE } from '../../shared/limits.ts';
import type { TimeSource } from '../time.ts';

/** A place in a line: when its turn comes, and how to give it up. */
export interface Place {
  /** Whether its turn has come; false where it was given up before. */
  turn: Promise<boolean>;
  giveUp: () => void;
}

type Decide = (hasTurn: boolean) => void;

/**
 * Lines in which one after the other has its turn, drawn by lot, never two within `SLOW_LINE.pause`:
 * whoever tries something out learns little in a day, and whoever knows it waits the shorter, the
 * fewer others do, however fast they ask again. One for each key.
 */
export class SlowLine {
  private readonly lines = new Map<string, Set<Decide>>();
  private waiting = 0;

  /** @param random from 0 up to, but not 1 */
  constructor(
    private readonly time: Pick<TimeSource, 'after'>,
    private readonly random: () => number = Math.random,
  ) {}

  /** @returns a place, or the milliseconds after which there may be one */
  enter(key: string): Place | number {
    const line = this.lines.get(key) ?? new Set();
    const isFull = line.size >= SLOW_LINE.places || this.waiting >= SLOW_LINE.inAll;
    if (isFull || this.lines.size >= SLOW_LINE.inAll) return SLOW_LINE.pause;
    if (!this.lines.has(key)) {
      this.lines.set(key, line);
      this.call(key, line);
    }
    let decide: Decide = () => {};
    const turn = new Promise<boolean>((resolve) => (decide = resolve));
    line.add(decide);
    this.waiting += 1;
    return { turn, giveUp: () => this.take(line, decide, false) };
  }

  /**
   * Calls the next one after a pause, as long as there is one. A line that all have left goes on to
   * the end of its pause, or leaving and coming back would be a way to have a turn sooner.
   */
  private call(key: string, line: Set<Decide>): void {
    this.time.after(SLOW_LINE.pause, () => {
      const drawn = [...line][Math.floor(this.random() * line.size)];
      if (drawn) this.take(line, drawn, true);
      if (line.size > 0) this.call(key, line);
      else this.lines.delete(key);
    });
  }

  private take(line: Set<Decide>, decide: Decide, hasTurn: boolean): void {
    if (!line.delete(decide)) return;
    this.waiting -= 1;
    decide(hasTurn);
  }
}
