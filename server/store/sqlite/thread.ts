/** The thread that holds the database: SQLite works while its caller waits, and the server must not. */
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteStore } from './sqliteStore.ts';
import { asStoreError } from './file.ts';
import type { Asked, Question, ThreadData, Told } from './threadMessages.ts';

const port = parentPort;
if (!port) throw new Error('this is no program: it runs as a thread of the server');
const tell = (told: Told) => port.postMessage(told);

const store: Question = new SqliteStore({
  ...(workerData as ThreadData),
  onMovedAside: (movedAside) => tell({ movedAside }),
  now: () => Date.now(),
});

port.on('message', ({ id, name, args }: Asked) => {
  const act = store[name] as (...args: unknown[]) => Promise<unknown>;
  act.apply(store, args).then(
    (value) => tell({ id, ok: true, value }),
    (error: unknown) => {
      const { code, message } = asStoreError(error);
      tell({ id, ok: false, code, message });
    },
  );
});
