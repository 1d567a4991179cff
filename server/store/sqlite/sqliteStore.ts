import type Database from 'libsql';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../sql/schema.ts';
import { SqlStore } from '../sql/sqlStore.ts';
import { StoreError, type Forgotten, type StoredSession } from '../store.ts';
import { deleteDamaged } from './damagedFiles.ts';
import { setAside, type SetAside } from './setAside.ts';
import { damagedSessions, type DamagedSession } from './soundness.ts';

/** Sessions in a file that a failing disk may change: those that it has damaged are set aside. */
export class SqliteStore extends SqlStore {
  /** @param onSetAside damaged sessions were set aside: they are no longer stored */
  constructor(
    db: Kysely<Tables>,
    private readonly database: Database.Database,
    private readonly file: string,
    private readonly onSetAside: (set: SetAside) => void,
  ) {
    super(db);
  }

  /** Sets every damaged session aside. */
  async sift(): Promise<void> {
    await this.alone(() => this.setAside(damagedSessions(this.database)));
  }

  /** Null as well where what was stored is damaged. */
  override async load(code: string): Promise<StoredSession | null> {
    await this.alone(() => this.setAside(damagedSessions(this.database, code)));
    try {
      return await super.load(code);
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'damaged_session')) throw error;
      const hexCode = Buffer.from(code).toString('hex');
      await this.alone(() => this.setAside([{ hexCode, reason: error.message }]));
      return null;
    }
  }

  /**
   * Nothing of who was in it is left in any file: what waits to be written to the database is written,
   * and all rows of people are. SQLite overwrites rows that it deletes, but not the copies that stay
   * behind when it moves rows between pages; only a page that it gives up is overwritten as a whole.
   */
  override async remove(code: string): Promise<void> {
    await this.db.transaction().execute(async (db) => {
      await db.deleteFrom('session').where('code', '=', code).execute();
      await sql`CREATE TEMP TABLE kept AS SELECT * FROM main.participant`.execute(db);
      await sql`DELETE FROM main.participant`.execute(db);
      await sql`INSERT INTO main.participant SELECT * FROM temp.kept`.execute(db);
      await sql`DROP TABLE temp.kept`.execute(db);
    });
    await this.alone(() => {
      const [{ busy }] = this.database.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
      if (busy) throw new StoreError('unavailable', 'what was deleted cannot be overwritten yet');
    });
  }

  override async forgetDamaged(before: number): Promise<Forgotten> {
    return deleteDamaged(this.file, before);
  }

  private setAside(damaged: readonly DamagedSession[]): void {
    if (damaged.length === 0) return;
    this.onSetAside(setAside(this.database, this.file, damaged, Date.now()));
  }

  /** While no transaction of the query builder is under way: it has the same connection. */
  private alone(act: () => void): Promise<void> {
    return this.db.connection().execute(async () => act());
  }
}
