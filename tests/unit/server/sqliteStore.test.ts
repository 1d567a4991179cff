import path from 'node:path';
import { openSqlite } from '../../../server/store/sqlite/open.ts';
import { ThreadStore } from '../../builtStore.ts';
import { temporaryFolder } from '../../support.ts';
import { storeContract } from './storeContract.ts';

const options = () => ({
  file: path.join(temporaryFolder(), 'sessions.sqlite'),
  wait: 0,
  maxBytes: 1e9,
});
const onDamage = () => {
  throw new Error('nothing here is damaged');
};

storeContract('SQLite', () => openSqlite(options(), onDamage));
storeContract('SQLite in a thread', async () => new ThreadStore(options(), onDamage, onDamage));
