import type { Logger } from 'pino';
import { TIMING } from '../../shared/limits.ts';
import { StoreError, type Store, type StoredSession } from '../store/store.ts';
import type { TimeSource } from '../time.ts';
import { Backlog, type Marks, type Records } from './backlog.ts';

export interface JournalContext {
  code: string;
  store: Store;
  time: TimeSource;
  log: Logger;
}

/**
 * Writes a room's changes to the store, one write at a time: who is in it and where it stands at
 * once, loss points once a second, however often something else is written. A write that fails is made again every few seconds, with all
 * that came meanwhile; what failed is still in the room.
 */
export class Journal {
  private readonly backlog: Backlog;
  private writing: Promise<void> | null = null;
  private isUrgent = false;
  /** It is time for what could wait. */
  private isDue = false;
  private isHalted = false;
  private failing: number | null = null;
  private callOffWait: (() => void) | null = null;

  /**
   * @param records the room's own
   * @param onTurn the store began to fail, or to work again
   * @param stored what the room was made from
   */
  constructor(
    private readonly context: JournalContext,
    private readonly records: Records,
    private readonly onTurn: () => void,
    stored?: StoredSession,
  ) {
    this.backlog = new Backlog(stored);
  }

  /** Server time since which changes could not be stored; null while they can. */
  get failingSince(): number | null {
    return this.failing;
  }

  /** These records have changed, and in any case the session's own: they are written at once. */
  note(marks: Marks = {}): void {
    this.backlog.mark(marks);
    this.isUrgent = true;
    if (this.failing === null) void this.begin();
  }

  /** These have changed, and can wait for `TIMING.store`. */
  noteLater(marks: Marks = {}): void {
    this.backlog.mark(marks);
    this.waitFor(TIMING.store);
  }

  /** A participant's columns have grown or ended; they can wait as well. */
  grew(run: number, participant: number): void {
    this.backlog.markGrown(run, participant);
    this.waitFor(TIMING.store);
  }

  /** Resolves when what was noted is stored or the store fails, and in any case soon. */
  async settled(): Promise<void> {
    if (!this.writing) return;
    let callOff = () => {};
    const patience = new Promise<void>((resolve) => {
      callOff = this.context.time.after(TIMING.storePatience, resolve);
    });
    await Promise.race([this.writing, patience]);
    callOff();
  }

  /** Writes all that is left, once; resolves to whether the store has everything now. */
  async flush(): Promise<boolean> {
    await this.writing;
    if (!this.backlog.isEmpty && !this.isHalted) {
      this.isDue = true;
      await this.begin();
    }
    return this.backlog.isEmpty;
  }

  /** Writes nothing more; resolves when no write is under way. */
  async halt(): Promise<void> {
    this.isHalted = true;
    this.stopWaiting();
    await this.writing;
  }

  /** Writes again, after `halt`. */
  goOn(): void {
    this.isHalted = false;
    this.note();
  }

  private begin(): Promise<void> {
    // In a moment, so that what is noted one after the other is written together.
    this.writing ??= Promise.resolve().then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    do {
      const isDue = this.isDue;
      this.isUrgent = this.isDue = false;
      if (isDue) this.stopWaiting();
      if (this.isHalted || !(await this.writeOnce(isDue))) break;
    } while (this.isUrgent || this.isDue);
    this.writing = null;
    if (this.failing !== null) this.stopWaiting();
    if (!this.backlog.isEmpty)
      this.waitFor(this.failing === null ? TIMING.store : TIMING.storeRetry);
  }

  /**
   * @param withGrown whether columns that have grown are written too
   * @param isWhole whether everything is marked already
   * @returns whether the store has it
   */
  private async writeOnce(withGrown: boolean, isWhole = false): Promise<boolean> {
    const change = this.backlog.take(this.records, withGrown);
    try {
      await this.context.store.write(this.context.code, change);
      this.backlog.accept(change);
      this.turn(null);
      return true;
    } catch (error) {
      this.backlog.putBack(change);
      // A damaged file was replaced by a new one, which has nothing of this room.
      if (isIncomplete(error) && !isWhole) {
        this.backlog.markAll(this.records);
        return this.writeOnce(true, true);
      }
      this.turn(error);
      return false;
    }
  }

  private turn(error: unknown): void {
    const { code, log, time } = this.context;
    const before = this.failing;
    if (error === null) {
      this.failing = null;
      if (before !== null) log.warn({ code }, 'changes can be stored again, and are');
    } else {
      this.failing ??= time.now();
      if (before === null) log.error({ err: error, code }, 'changes cannot be stored');
    }
    if ((before === null) !== (this.failing === null)) this.onTurn();
  }

  private waitFor(ms: number): void {
    if (this.isHalted) return;
    this.callOffWait ??= this.context.time.after(ms, () => {
      this.callOffWait = null;
      // What could wait may have gone with what could not.
      if (this.backlog.isEmpty) return;
      this.isDue = true;
      void this.begin();
    });
  }

  private stopWaiting(): void {
    this.callOffWait?.();
    this.callOffWait = null;
  }
}

function isIncomplete(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'not_stored' || error.code === 'gap');
}
