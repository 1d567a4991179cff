import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Config } from '../server/config.ts';
import { createApp, type App, type Dependencies } from '../server/app.ts';
import type * as Rehearsal from '../server/rehearsal/start.ts';
import { MemoryStore } from '../server/store/memory.ts';
import type { Store } from '../server/store/store.ts';
import { ThreadVerifier } from '../server/verification/threadVerifier.ts';
import { ForwardTime } from './forwardTime.ts';

export interface TestServer {
  url: string;
  app: App;
  store: Store;
  /** Where no other clock was asked for, what the server takes its time from. */
  time: ForwardTime;
}

/**
 * The real server on a free port of this machine, ended with the test.
 * @param options.built whether it serves the built pages and data, or the folders with others
 */
export async function startServer(
  options: {
    built?: boolean | Dependencies['built'];
    store?: Store;
    rehearse?: Dependencies['rehearse'];
    clock?: Dependencies['clock'];
    config?: Partial<Config>;
  } = {},
): Promise<TestServer> {
  const log = pino({ level: 'silent' });
  const store = options.store ?? new MemoryStore();
  const time = new ForwardTime();
  // Simulated students run in a process of their own, which needs what the build has made.
  const { startRehearsal, stopRehearsals } = (await import(
    pathToFileURL(path.resolve('dist/server/rehearsal/start.js')).href
  )) as typeof Rehearsal;
  const verifier = new ThreadVerifier(time, log);
  const app = createApp({
    config: {
      ...{ port: 0, host: '127.0.0.1', dataDir: '', retentionDays: 30 },
      ...{
        publicUrl: null,
        basePath: '',
        trustProxy: 0,
        instructorPassword: null,
        metricsToken: null,
      },
      ...options.config,
    },
    store,
    clock: options.clock ?? time,
    log,
    verifier,
    rehearse: options.rehearse ?? ((request) => startRehearsal(request, log)),
    built: folders(options.built ?? false),
  });
  const { local } = await app.listen();
  onTestFinished(async () => {
    stopRehearsals();
    await app.close();
    await verifier.close();
  });
  return { url: local, app, store, time };
}

/** A new empty folder, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'build-a-brain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function createSession(url: string): Promise<{ code: string; secret: string }> {
  const response = await fetch(`${url}/api/sessions`, { method: 'POST' });
  if (response.status !== 201) throw new Error(`no session: ${response.status}`);
  return (await response.json()) as { code: string; secret: string };
}

function folders(built: boolean | Dependencies['built']): Dependencies['built'] {
  if (typeof built !== 'boolean') return built;
  if (!built) return { client: null, data: null };
  return { client: builtFolder('client'), data: builtFolder('data') };
}

function builtFolder(name: string): string {
  const folder = path.resolve('dist', name);
  if (!existsSync(folder))
    throw new Error(`dist/${name} is missing: run npm test, which builds it`);
  return folder;
}
