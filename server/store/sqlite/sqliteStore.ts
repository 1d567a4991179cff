import { Kysely, SqliteDialect } from 'kysely';
import { migrate, SQLITE } from '../sql/migrations.ts';
import type { Tables } from '../sql/schema.ts';
import { SqlStore } from '../sql/sqlStore.ts';
import { StoreError, type Change, type Store, type StoredSession } from '../store.ts';
import {
  asStoreError,
  isDamage,
  isFull,
  moveAside,
  openFile,
  type MovedAside,
  type OpenOptions,
} from './file.ts';

export interface SqliteOptions extends OpenOptions {
  /** A damaged file was moved aside: what it held is no longer served. */
  onMovedAside: (moved: MovedAside) => void;
  /** Ms since 1970. */
  now: () => number;
}

/**
 * Sessions in one file of SQLite. It is opened at the first use, and again at the next one after a
 * failure, so that a disk that comes back is used again. SQLite works while the caller waits: give
 * it a thread of its own, as `thread.ts` does.
 */
export class SqliteStore implements Store {
  private opened: SqlStore | null = null;
  /** One thing at a time: nothing may use a file that is being moved aside. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SqliteOptions) {}

  /** Makes sure that the file can be used. */
  open(): Promise<void> {
    return this.use(async () => {});
  }

  load(code: string): Promise<StoredSession | null> {
    return this.use((store) => store.load(code));
  }

  count(): Promise<number> {
    return this.use((store) => store.count());
  }

  unusedSince(time: number): Promise<string[]> {
    return this.use((store) => store.unusedSince(time));
  }

  write(code: string, change: Change): Promise<void> {
    return this.use((store) => store.write(code, change));
  }

  remove(code: string): Promise<void> {
    return this.use((store) => store.remove(code));
  }

  close(): Promise<void> {
    return this.inTurn(() => this.letGo());
  }

  private use<T>(act: (store: SqlStore) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      try {
        this.opened ??= await this.openNow();
        return await act(this.opened);
      } catch (error) {
        if (!(error instanceof StoreError)) await this.giveUp(error);
        throw asStoreError(error);
      }
    });
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act);
    this.last = done.catch(() => {});
    return done;
  }

  private async openNow(): Promise<SqlStore> {
    const { database, movedAside } = openFile(this.options, this.options.now());
    if (movedAside) this.options.onMovedAside(movedAside);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    try {
      await migrate(db, SQLITE);
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return new SqlStore(db);
  }

  /** After a failure the file is opened anew, a full one excepted: it is sound. */
  private async giveUp(error: unknown): Promise<void> {
    if (isFull(error)) return;
    await this.letGo();
    if (!isDamage(error)) return;
    const { file, now, onMovedAside } = this.options;
    onMovedAside(moveAside(file, now()));
  }

  private async letGo(): Promise<void> {
    const { opened } = this;
    this.opened = null;
    await opened?.close();
  }
}
