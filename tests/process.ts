import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const TOP = fileURLToPath(new URL('..', import.meta.url));

export interface ServerProcess {
  url: string;
  /** What it wrote to each stream so far. */
  said: { out: string; err: string };
  /** Sends the signal; resolves to its exit code, null after a signal that kills, when it has ended. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** The built server as a process of its own, on this machine only; resolves when it is ready, and is killed with the test. */
export async function serverProcess(env: {
  DATA_DIR: string;
  PORT?: string;
  [name: string]: string | undefined;
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: TOP,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  const said = { out: '', err: '' };
  child.stderr.on('data', (text: Buffer) => (said.err += String(text)));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said.out += String(text);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)?.[0];
      if (address && said.out.includes('Ctrl+C')) resolve(address);
    });
    void closed.then(() => reject(new Error(`the server ended: ${said.out}${said.err}`)));
  });
  return {
    url,
    said,
    async stop(signal) {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
}

/** A port that nobody listened on a moment ago: a server that is to come back needs one it can name. */
export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return String(typeof address === 'object' && address ? address.port : 0);
}
