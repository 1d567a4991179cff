import type { Column } from './column.ts';

/**
 * Which part of a growing column the server still has to be sent. One batch is under way at a
 * time; what the server acknowledges is what counts, so a lost answer costs one repeat.
 */
export class Outbox {
  private acknowledged = 0;
  private underWay = false;

  /** @param batch values in one report at the most */
  constructor(
    private readonly column: Column,
    private readonly batch: number,
  ) {}

  /** How many values the server is known to hold. */
  get held(): number {
    return this.acknowledged;
  }

  get isEmpty(): boolean {
    return this.acknowledged >= this.column.length;
  }

  /** The next batch to send, or null while one is under way or nothing is left. */
  take(): { from: number; values: number[] } | null {
    if (this.underWay || this.isEmpty) return null;
    this.underWay = true;
    const from = this.acknowledged;
    return { from, values: [...this.column.slice(from, from + this.batch)] };
  }

  /** The server says that it holds `held` values: more than before, or fewer after a restart. */
  settle(held: number): void {
    this.underWay = false;
    this.acknowledged = held;
  }

  /** No answer came: the same values are sent again. */
  giveUp(): void {
    this.underWay = false;
  }
}
