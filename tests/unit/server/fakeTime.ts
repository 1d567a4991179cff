import type { TimeSource } from '../../../server/time.ts';

/** A time that stands still until a test lets it pass. */
export class FakeTime implements TimeSource {
  private time = 1_000_000;
  private readonly waiting = new Set<{ at: number; action: () => void }>();

  now(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.time + ms, action };
    this.waiting.add(entry);
    return () => this.waiting.delete(entry);
  }

  /** Lets `ms` milliseconds pass, with everything that falls due in them, in its order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.waiting.delete(next);
      this.time = next.at;
      next.action();
    }
    this.time = end;
  }
}
