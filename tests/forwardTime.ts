import { machineTime, type TimeSource } from '../server/time.ts';

interface Pending {
  /** In ms of this time. */
  at: number;
  action: () => void;
  callOff: () => void;
}

/**
 * The machine's time, which a test can put forward: nobody sits a countdown out, and what has a
 * deadline keeps all of it.
 */
export class ForwardTime implements TimeSource {
  private ahead = 0;
  private readonly pending = new Set<Pending>();

  now(): number {
    return machineTime.now() + this.ahead;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.now() + ms, action, callOff: () => {} };
    this.pending.add(entry);
    this.arm(entry);
    return () => this.takeOut(entry);
  }

  /** Puts the time `ms` milliseconds forward, and does in its order what falls due by that. */
  pass(ms: number): void {
    const end = this.now() + ms;
    for (;;) {
      const due = [...this.pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      const [next] = due;
      if (!next) break;
      this.ahead += Math.max(0, next.at - this.now());
      this.takeOut(next);
      next.action();
    }
    this.ahead += Math.max(0, end - this.now());
    for (const entry of this.pending) this.arm(entry);
  }

  private arm(entry: Pending): void {
    entry.callOff();
    entry.callOff = machineTime.after(Math.max(0, entry.at - this.now()), () => {
      this.pending.delete(entry);
      entry.action();
    });
  }

  private takeOut(entry: Pending): void {
    entry.callOff();
    this.pending.delete(entry);
  }
}
