// Opens the database in each folder named, as the server's thread does, uses it, and says one line of
// JSON about it: a program of its own, since some damage could end it.
import path from 'node:path';
import { openSqlite } from '../../../dist/server/store/sqlite/open.js';

const SESSION = { instructorHash: '', createdAt: 1, usedAt: 1, locked: false, pseudonyms: null };

async function use(file, codes) {
  const served = [];
  let aside = 0;
  try {
    const store = await openSqlite({ file, wait: 0, maxBytes: 1e9 }, () => (aside += 1));
    for (const code of codes) if (await store.load(code)) served.push(code);
    await store.unusedSince(9e15);
    await store.write('ZZZZZZ', { session: { ...SESSION, phase: 'lobby' } });
    await store.remove('ZZZZZZ');
    await store.close();
    return { served, aside, fault: null };
  } catch (error) {
    return { served, aside, fault: error.code };
  }
}

const [codes, ...folders] = process.argv.slice(2);
for (const folder of folders) {
  const result = await use(path.join(folder, 'sessions.sqlite'), codes.split(','));
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
