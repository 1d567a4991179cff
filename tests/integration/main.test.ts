import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from './client.ts';
import { temporaryFolder } from '../support.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));

/** The server as a process of its own, from its source. */
function serve(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: TOP,
    env: { ...process.env, DATA_DIR: temporaryFolder(), ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += String(text)));
  child.stderr.on('data', (text: Buffer) => (said.err += String(text)));
  return { child, said, closed: once(child, 'close') as Promise<[number | null]> };
}

it('a port in use is said in one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { said, closed } = serve({ PORT: String(port), HOST: '127.0.0.1' });
  expect(await closed).toEqual([1, null]);
  expect(said.err).toMatch(new RegExp(`^Port ${port} is in use.*PORT=.*\\n$`));
});

it('a variable that makes no sense is said in one line', async () => {
  const { said, closed } = serve({ PORT: 'http' });
  expect(await closed).toEqual([1, null]);
  expect(said.err).toBe('PORT must be a whole number up to 65535, not "http"\n');
});

it('[P29] shows the address for the class as text and QR, and ends in order when it is told to', async () => {
  const { child, said, closed } = serve({
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://brain.example/',
  });
  await expect.poll(() => said.out, { timeout: 20_000 }).toContain('Ctrl+C');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)?.[0];
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(said.out).toContain('https://brain.example\n');
  expect(said.out).toMatch(/[▀▄█]{10}/);
  const page = await connect(url!);
  child.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
  await page.until(() => page.heard.includes('disconnect'));
  expect(page.heard).toEqual(['restarting', 'disconnect']);
});
