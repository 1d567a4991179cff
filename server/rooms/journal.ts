import type { Logger } from 'pino';
import { MAX_WAITING_CHANGES } from '../../shared/limits.ts';
import type { Change, Store } from '../store/store.ts';

/**
 * Writes a room's changes to the store, in order and one at a time. What comes while a write is
 * under way is merged into the next. Where that grows too long, or a write fails, the next write
 * is the whole room, so that a slow or full disk costs no memory and loses nothing.
 */
export class Journal {
  private waiting: Change | null = null;
  private merges = 0;
  private stale = false;
  private writing: Promise<void> | null = null;

  /** @param whole everything that the room would have stored by now */
  constructor(
    private readonly store: Store,
    private readonly code: string,
    private readonly log: Logger,
    private readonly whole: () => Change,
  ) {}

  note(change: Change): void {
    this.waiting = merged(this.waiting ?? {}, change);
    this.merges += 1;
    if (this.merges > MAX_WAITING_CHANGES) this.giveUp(this.waiting);
    this.writing ??= this.write();
  }

  /** Writes what is left, a failed write once more; resolves when that is done or has failed. */
  async flush(): Promise<void> {
    await this.writing;
    if (this.stale) this.note({});
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting) {
      const change = this.next(this.waiting);
      try {
        await this.store.write(this.code, change);
      } catch (error) {
        this.giveUp(merged(change, this.waiting ?? {}));
        this.log.error({ err: error, code: this.code }, 'a change could not be stored');
        break;
      }
    }
    this.writing = null;
  }

  private next(waiting: Change): Change {
    const change = this.stale ? merged(lasting(waiting), this.whole()) : waiting;
    this.waiting = null;
    this.merges = 0;
    this.stale = false;
    return change;
  }

  /** Forgets the single changes: the whole room will be written instead. */
  private giveUp(changes: Change): void {
    this.waiting = lasting(changes);
    this.merges = 0;
    this.stale = true;
  }
}

/** What the whole room no longer tells. */
function lasting({ forgottenRuns = [] }: Change): Change {
  return { forgottenRuns };
}

/** One change with the effect of both. */
function merged(first: Change, second: Change): Change {
  const session = second.session ?? first.session;
  return {
    ...(session && { session }),
    participants: [...(first.participants ?? []), ...(second.participants ?? [])],
    runs: [...(first.runs ?? []), ...(second.runs ?? [])],
    forgottenRuns: [...(first.forgottenRuns ?? []), ...(second.forgottenRuns ?? [])],
    series: [...(first.series ?? []), ...(second.series ?? [])],
  };
}
