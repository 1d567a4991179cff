/** The thread that holds the database: SQLite works while its caller waits, and the server must not. */
import { parentPort, workerData } from 'node:worker_threads';
import { asStoreError, isSound, type OpenOptions } from './file.ts';
import { openSqlite } from './open.ts';
import type { SetAside } from './setAside.ts';
import type { SqliteStore } from './sqliteStore.ts';
import type { Asked, News, Told } from './threadMessages.ts';

const port = parentPort;
if (!port) throw new Error('this is no program: it runs as a thread of the server');

let opened: Promise<SqliteStore> | null = null;

function tell(setAside: SetAside): void {
  port?.postMessage({ setAside } satisfies News);
}

async function answer({ id, name, args }: Asked): Promise<Told> {
  try {
    const store = await (opened ??= openSqlite(workerData as OpenOptions, tell));
    if (name === 'open') return { id, ok: true, value: undefined };
    const act = store[name] as (...args: unknown[]) => Promise<unknown>;
    return { id, ok: true, value: await act.apply(store, args) };
  } catch (error) {
    const { code, message } = asStoreError(error);
    return { id, ok: false, code, message, isOver: !isSound(error) };
  }
}

port.on('message', (asked: Asked) => {
  void answer(asked).then((told) => port.postMessage(told));
});
