import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { afterAll } from 'vitest';
import { migrate, POSTGRES } from '../../../server/store/sql/migrations.ts';
import type { Tables } from '../../../server/store/sql/schema.ts';
import { SqlStore } from '../../../server/store/sql/sqlStore.ts';
import { storeContract } from './storeContract.ts';

/** PostgreSQL itself, compiled to WebAssembly; one for all tests, since it takes a while to start. */
const postgres = await PGlite.create();
afterAll(() => postgres.close());

/** In the place of a pool of connections to a server. */
const pool = {
  connect: async () => ({
    async query(text: string, values: readonly unknown[]) {
      const { rows, affectedRows } = await postgres.query(text, [...values]);
      return { command: 'SELECT', rowCount: affectedRows ?? rows.length, rows };
    },
    release() {},
  }),
  end: async () => {},
} as unknown as PostgresPool;

storeContract('PostgreSQL', async () => {
  await postgres.exec('drop schema public cascade; create schema public');
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db, POSTGRES);
  return new SqlStore(db);
});
