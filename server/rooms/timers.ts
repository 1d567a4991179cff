import type { Logger } from 'pino';
import type { TimeSource } from '../time.ts';

/** What a room is to do later, under one name each. A failure costs what was to be done, never the process. */
export class Timers<Name extends string> {
  private readonly due = new Map<Name, () => void>();

  constructor(
    private readonly time: TimeSource,
    private readonly log: Logger,
    private readonly code: string,
  ) {}

  isSet(name: Name): boolean {
    return this.due.has(name);
  }

  /** Calls `action` in `ms` milliseconds, in the place of what was to be called under this name. */
  set(name: Name, ms: number, action: () => void): void {
    this.cancel(name);
    const callOff = this.time.after(ms, () => {
      this.due.delete(name);
      try {
        action();
      } catch (error) {
        this.log.error({ err: error, code: this.code }, 'a room failed');
      }
    });
    this.due.set(name, callOff);
  }

  cancel(name: Name): void {
    this.due.get(name)?.();
    this.due.delete(name);
  }

  cancelAll(): void {
    for (const name of [...this.due.keys()]) this.cancel(name);
  }
}
