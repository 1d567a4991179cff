import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { destination, pino, type Logger } from 'pino';
import { MAX_DATABASE_BYTES, TIMING } from '../shared/limits.ts';
import { createApp } from './app.ts';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { startRehearsal, stopRehearsals } from './rehearsal/start.ts';
import { ThreadStore } from './store/sqlite/threadStore.ts';
import { StoreError } from './store/store.ts';
import { greeting } from './terminal.ts';
import { machineTime } from './time.ts';
import { ThreadVerifier } from './verification/threadVerifier.ts';

/** The folder that the build writes to, seen from the source and from the built server alike. */
const DIST = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/' : '../', import.meta.url),
);

function builtFolder(name: string): string | null {
  const folder = `${DIST}${name}`;
  return existsSync(folder) ? folder : null;
}

function readConfig(): Config {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) stopWith(error.message);
    throw error;
  }
}

/** Ends with one line for the teacher, instead of a stack. */
function stopWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function reasonNotToListen(error: unknown, { port, host }: Config): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program: stop that one, or choose a port with PORT=3001.`;
    case 'EACCES':
      return `This user may not listen on port ${port}: choose one above 1023 with PORT=3000.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}: check HOST.`;
    default:
      return null;
  }
}

/**
 * The sessions in `DATA_DIR`. A folder that cannot be used is no reason not to teach: it is tried
 * again with every write, and the instructor's page says that nothing is stored.
 */
async function openStore({ dataDir, retentionDays }: Config, log: Logger): Promise<ThreadStore> {
  const file = path.resolve(dataDir, 'build-a-brain.sqlite');
  const howLong = ` for ${retentionDays} ${retentionDays === 1 ? 'day' : 'days'}`;
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const store = new ThreadStore(
    { file, wait: TIMING.storeWait, maxBytes: MAX_DATABASE_BYTES },
    (moved) => {
      log.error(moved, 'the database is damaged and was moved aside');
      say(`The sessions in ${moved.from} are damaged and cannot be read.`);
      say(`The file is kept as ${moved.to}${howLong}; the server goes on with a new one.`);
    },
    ({ sessions, to }) => {
      log.error({ sessions, to }, 'damaged sessions were set aside');
      const codes = sessions.map(({ code }) => code).join(', ');
      say(`Of the stored sessions these are damaged and cannot be read: ${codes}.`);
      say(`What is left of them is kept as ${to}${howLong}; the server goes on with the others.`);
    },
  );
  try {
    await store.open();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'in_use') {
      stopWith(
        `Another server is using ${dataDir}: stop that one, or choose another folder with DATA_DIR=./data2.`,
      );
    }
    log.error({ err: error, file }, 'sessions cannot be stored');
    say(`Sessions cannot be stored in ${dataDir}: check DATA_DIR, its rights and the space left.`);
  }
  return store;
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve(signal);
        process.once(signal, () => process.exit(1));
      });
    }
  });
}

async function main(): Promise<void> {
  const config = readConfig();
  // The terminal is the teacher's: there only what needs attention is logged.
  const level = process.stderr.isTTY ? 'warn' : 'info';
  const log: Logger = pino({ level }, destination({ dest: 2, sync: true }));
  const store = await openStore(config, log);
  const verifier = new ThreadVerifier(machineTime, log);
  const app = createApp({
    config,
    store,
    clock: machineTime,
    log,
    rehearse: (request) => startRehearsal(request, log),
    verifier,
    built: { client: builtFolder('client'), data: builtFolder('data') },
  });
  const toStop = signalled();
  const addresses = await app.listen().catch((error: unknown) => {
    const reason = reasonNotToListen(error, config);
    if (reason) stopWith(reason);
    throw error;
  });
  process.stdout.write(`${greeting(addresses, process.stdout.isTTY)}\n`);

  const signal = await toStop;
  log.info({ signal }, 'stopping');
  stopRehearsals();
  await app.close();
  await verifier.close();
  await store.close().catch((error: unknown) => {
    log.error({ err: error }, 'the store could not be closed in order');
  });
}

await main();
