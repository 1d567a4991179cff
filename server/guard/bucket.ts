import type { Rate } from '../../shared/limits.ts';

/** Lets through what comes at a rate: some at once, then as many as have been saved up. */
export class TokenBucket {
  private tokens: number;
  private at: number;

  /** @param now in ms, as in all calls */
  constructor(
    private readonly rate: Rate,
    now: number,
  ) {
    this.tokens = rate.burst;
    this.at = now;
  }

  /** Milliseconds until there is something to take; 0 where there is. */
  wait(now: number): number {
    // A clock that is set back gives nothing, and takes nothing away.
    const passed = Math.max(0, now - this.at) / 1_000;
    this.tokens = Math.min(this.rate.burst, this.tokens + passed * this.rate.perSecond);
    this.at = now;
    // Time adds up in fractions that are no sums of powers of two.
    return this.tokens >= 1 - 1e-9
      ? 0
      : Math.ceil(((1 - this.tokens) / this.rate.perSecond) * 1_000);
  }

  /** Takes one and returns 0, or returns the milliseconds until there is one. */
  take(now: number): number {
    const wait = this.wait(now);
    if (wait === 0) this.tokens -= 1;
    return wait;
  }

  /** What was taken was not used after all. */
  giveBack(): void {
    this.tokens = Math.min(this.rate.burst, this.tokens + 1);
  }
}
