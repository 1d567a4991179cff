import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MAX_SESSIONS } from '../../shared/limits.ts';
import { createSession, startServer } from '../support.ts';

const HTML = { headers: { accept: 'text/html,*/*' } };

/** Folders as a build leaves them, beside a file that is nobody's business. */
async function builtFolders(): Promise<{ client: string; data: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'brain-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [client, data] = [path.join(folder, 'client'), path.join(folder, 'data')];
  await mkdir(path.join(client, 'assets'), { recursive: true });
  await mkdir(data);
  await Promise.all([
    writeFile(path.join(folder, 'secret.txt'), 'not to be served'),
    writeFile(path.join(client, 'index.html'), '<!doctype html><title>the app</title>'),
    writeFile(path.join(client, 'favicon.svg'), '<svg/>'),
    writeFile(path.join(client, 'assets/main-1a2b.js'), 'export {}'),
  ]);
  return { client, data };
}

/** The status of a request whose path goes out exactly as given. */
function rawStatus(url: string, rawPath: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: rawPath }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end();
  });
}

it('answers with the app under every address that is a page, and says 404 under others', async () => {
  const { url } = await startServer({ built: await builtFolders() });
  for (const page of [
    '/',
    '/ACDEFG',
    '/acdefg',
    '/teach/ACDEFG',
    '/show/ACDEFG',
    '/ACDEFG/',
    '/show/ACDEFG/',
    '/?lang=fr',
  ]) {
    const response = await fetch(`${url}${page}`);
    expect([page, response.status]).toEqual([page, 200]);
    expect(await response.text()).toContain('the app');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
  for (const page of ['/ACDEF0', '/teach', '/teach/ACDEFG/more', '/api/nothing']) {
    const response = await fetch(`${url}${page}`, HTML);
    expect([page, response.status]).toEqual([page, 404]);
    expect(await response.text()).toContain('the app');
  }
});

it('answers with a code who wants no page', async () => {
  const { url } = await startServer({ built: await builtFolders() });
  for (const [method, page] of [
    ['GET', '/assets/gone-3c4d.js'],
    ['GET', '/data/mnist/gone.bin'],
    ['POST', '/ACDEFG'],
    ['DELETE', '/api/sessions'],
  ] as const) {
    const response = await fetch(`${url}${page}`, { method });
    expect([page, response.status]).toEqual([page, 404]);
    expect(await response.json()).toEqual({ code: 'not_found' });
  }
});

it('serves nothing from outside its folders, and answers what it cannot read', async () => {
  const { url } = await startServer({ built: await builtFolders() });
  for (const escape of ['/../secret.txt', '/data/../../secret.txt', '/%2e%2e/secret.txt']) {
    expect([escape, await rawStatus(url, escape)]).toEqual([escape, 404]);
  }
  const unreadable = await fetch(`${url}/api/sessions/%E0%A4%A`);
  expect([unreadable.status, await unreadable.json()]).toEqual([400, { code: 'bad_message' }]);
});

it('lets be kept for ever what changes its name with its content, and nothing else', async () => {
  const { url } = await startServer({ built: await builtFolders() });
  const cached = async (file: string) =>
    (await fetch(`${url}${file}`)).headers.get('cache-control');
  expect(await cached('/assets/main-1a2b.js')).toBe('public, max-age=31536000, immutable');
  expect(await cached('/favicon.svg')).toBe('no-cache');
});

it('asks for no HTTPS, which a classroom does not have, and does not say what it is made of', async () => {
  const { url } = await startServer({ built: await builtFolders() });
  const { headers } = await fetch(url);
  expect(headers.get('content-security-policy')).not.toMatch(/upgrade-insecure-requests|https?:/);
  expect(headers.has('strict-transport-security')).toBe(false);
  expect(headers.has('x-powered-by')).toBe(false);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

it('opens sessions for its own pages, also under its public address, up to its limit', async () => {
  const { url, app } = await startServer({ config: { publicUrl: 'https://brain.example/class' } });
  const post = (origin: string) =>
    fetch(`${url}/api/sessions`, { method: 'POST', headers: { origin } });
  expect((await post('null')).status).toBe(403);
  expect((await post(url)).status).toBe(201);
  expect((await post('https://brain.example')).status).toBe(201);
  for (let k = 2; k < MAX_SESSIONS; k++) expect(await app.rooms.create()).toHaveProperty('code');
  const refused = await post(url);
  expect([refused.status, await refused.json()]).toEqual([503, { code: 'too_many_sessions' }]);
});

it('lives beside others in one process, each with its own sessions', async () => {
  const [one, two] = await Promise.all([startServer(), startServer()]);
  const { code } = await createSession(one.url);
  expect((await fetch(`${one.url}/api/sessions/${code}`)).status).toBe(200);
  expect((await fetch(`${two.url}/api/sessions/${code}`)).status).toBe(404);
});
