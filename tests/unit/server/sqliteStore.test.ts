import path from 'node:path';
import { SqliteStore } from '../../../server/store/sqlite/sqliteStore.ts';
import { ThreadStore } from '../../../server/store/sqlite/threadStore.ts';
import { temporaryFolder } from '../../support.ts';
import { storeContract } from './storeContract.ts';

const options = () => ({
  file: path.join(temporaryFolder(), 'sessions.sqlite'),
  wait: 0,
  maxBytes: 1e9,
});
const onMovedAside = () => {
  throw new Error('nothing here is damaged');
};

storeContract('SQLite', async () => new SqliteStore({ ...options(), onMovedAside, now: () => 0 }));
storeContract('SQLite in a thread', async () => new ThreadStore(options(), onMovedAside));
