import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));

let npm: ChildProcessWithoutNullStreams | undefined;

afterEach(() => {
  if (npm && npm.exitCode === null && npm.signalCode === null) signalGroup(npm, 'SIGKILL');
});

/** As a terminal does for Ctrl+C: to npm and to all that it started. */
function signalGroup({ pid }: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

/** Runs `npm start` on a free port; resolves with the address that it prints. */
async function startWithNpm(): Promise<{ url: string; npm: ChildProcessWithoutNullStreams }> {
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: temporaryFolder() };
  const child = (npm = spawn('npm', ['start'], { cwd: TOP, env, detached: true }));
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    if (url) return { url, npm: child };
  }
  throw new Error(`npm start ended without an address: ${output}`);
}

test.each<[string, (child: ChildProcessWithoutNullStreams) => void]>([
  ['Ctrl+C', (child) => signalGroup(child, 'SIGINT')],
  ['SIGTERM to npm alone', (child) => child.kill('SIGTERM')],
])('npm start serves, and after %s nothing is left running', async (_, stop) => {
  const { url, npm } = await startWithNpm();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  // The streams close when the last process that holds them has ended, and not before.
  const closed = once(npm, 'close');
  npm.stdout.resume();
  npm.stderr.resume();
  stop(npm);
  await closed;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});
