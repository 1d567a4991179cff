import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import { freePort, serverProcess } from '../process.ts';
import { createSession, startServer, temporaryFolder } from '../support.ts';
import { accepted, connect, PLAN, start } from './client.ts';

it('[P46] a folder that cannot be written stops no class; the instructor hears of it, and when it is whole again', async () => {
  const folder = path.join(temporaryFolder(), 'data');
  writeFileSync(folder, 'a file in the place of the folder');
  const env = { DATA_DIR: folder, PORT: await freePort() };
  const server = await serverProcess(env);
  expect(server.said.out).toContain('Sessions cannot be stored in');
  const { code, secret } = await createSession(server.url);
  const teacher = await connect(server.url);
  const { session } = accepted(await teacher.instruct(code, secret));
  // In the welcome or, where the disk takes its time to fail, after it.
  if (session.unsavedSince === null) {
    await teacher.until(() => typeof teacher.session?.unsavedSince === 'number');
  }
  const ada = await connect(server.url);
  const place = accepted(await ada.join(code, 'Ada'));
  accepted(await teacher.ask('prepare', PLAN));
  accepted(await teacher.ask('command', { command: 'start' }));
  await ada.until(() => ada.session?.phase === 'running');
  accepted(await ada.ask('losses', { run: 1, from: 0, losses: [3, 2, 1] }));

  rmSync(folder);
  mkdirSync(folder);
  await teacher.until(() => teacher.session?.unsavedSince === null);
  await server.stop('SIGKILL');
  const next = await serverProcess(env);
  const back = await connect(next.url);
  const { held, session: stored } = accepted(await back.resume(code, place.index, place.secret));
  expect(held).toEqual({ losses: 3, evaluations: 0 });
  expect(stored).toMatchObject({ phase: 'running', unsavedSince: null });
});

it.each(['/proc/nope', 'a-file/data/deep'])(
  '[P46] a folder that cannot be made is said within seconds, and the class goes on: %s',
  async (name) => {
    const folder = path.resolve(temporaryFolder(), name);
    if (name.startsWith('a-file')) writeFileSync(path.resolve(folder, '../..'), '');
    const server = await serverProcess({ DATA_DIR: folder });
    expect(server.said.out).toContain(`Sessions cannot be stored in ${folder}: check DATA_DIR`);
    const { code, secret } = await createSession(server.url);
    const teacher = await connect(server.url);
    const { session } = accepted(await teacher.instruct(code, secret));
    if (session.unsavedSince === null) {
      await teacher.until(() => typeof teacher.session?.unsavedSince === 'number');
    }
    expect(await server.stop('SIGTERM')).toBe(0);
  },
);

it('[P46] a full disk stops no class, and is told as long as it is full', async () => {
  const file = path.join(temporaryFolder(), 'sessions.sqlite');
  const store = await openSqlite({ file, wait: 0, maxBytes: 400_000 });
  const { url, time } = await startServer({ store });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  expect(accepted(await teacher.instruct(code, secret)).session.unsavedSince).toBeNull();
  await fill(store);
  const students = await Promise.all(
    Array.from({ length: 60 }, async (_, k) => {
      const student = await connect(url);
      accepted(await student.join(code, `A student with quite a name ${k}`.slice(-24)));
      return student;
    }),
  );
  await teacher.until(() => teacher.session?.unsavedSince !== null);
  accepted(await teacher.ask('prepare', PLAN));
  await start(teacher, time);
  await students[0]!.until(() => students[0]!.session?.phase === 'running');

  await store.remove('FFFFFF');
  await teacher.until(() => teacher.session?.unsavedSince === null);
  expect((await store.load(code))?.participants).toHaveLength(60);
});

/** Fills the database to its last page with another session. */
async function fill(store: Store): Promise<void> {
  const session = {
    instructorHash: '',
    createdAt: 0,
    usedAt: 9e15,
    locked: false,
    pseudonyms: null,
    wall: null,
    draft: null,
  };
  await store.write('FFFFFF', { session: { ...session, phase: 'lobby' } });
  const filler = { name: 'x'.repeat(4_000), secretHash: '', simulated: false, removed: false };
  let fits = true;
  for (let index = 0; fits; index++) {
    const participants = [{ ...filler, index }];
    fits = await store.write('FFFFFF', { participants }).then(
      () => true,
      () => false,
    );
  }
}

it('a damaged database is moved aside and said, and the server starts', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'build-a-brain.sqlite'), Buffer.alloc(50_000, 'damage '));
  const server = await serverProcess({ DATA_DIR: folder });
  const [kept] = readdirSync(folder).filter((name) => name.includes('.damaged-'));
  expect(server.said.out).toContain(`The file is kept as ${path.join(folder, kept!)}`);
  expect(server.said.err).toContain('the database is damaged and was moved aside');
  await createSession(server.url);
  expect(await server.stop('SIGTERM')).toBe(0);
});

it('a wrong byte in what describes the tables does not keep the server from starting', async () => {
  const env = { DATA_DIR: temporaryFolder() };
  const first = await serverProcess(env);
  await createSession(first.url);
  expect(await first.stop('SIGTERM')).toBe(0);
  const file = path.join(env.DATA_DIR, 'build-a-brain.sqlite');
  const bytes = readFileSync(file);
  bytes[bytes.indexOf('pseudonyms')] = 0xff;
  writeFileSync(file, bytes);
  const next = await serverProcess(env);
  expect(next.said.out).toContain('are damaged and cannot be read');
  await createSession(next.url);
});

it('one wrong byte in a session costs that session only: it is set aside and said, and the server goes on', async () => {
  const env = { DATA_DIR: temporaryFolder(), PORT: await freePort() };
  const first = await serverProcess(env);
  const damaged = await createSession(first.url);
  const sound = await createSession(first.url);
  const ada = await connect(first.url);
  accepted(await ada.join(damaged.code, 'AdaLovelace'));
  expect(await first.stop('SIGTERM')).toBe(0);
  const file = path.join(env.DATA_DIR, 'build-a-brain.sqlite');
  const bytes = readFileSync(file);
  bytes[bytes.indexOf('AdaLovelace')] = 0xff;
  writeFileSync(file, bytes);

  const next = await serverProcess(env);
  expect(next.said.out).toContain(`damaged and cannot be read: ${damaged.code}.`);
  expect(next.said.err).toContain('damaged sessions were set aside');
  const status = async ({ code }: { code: string }) =>
    (await fetch(`${next.url}/api/sessions/${code}`)).status;
  expect(await status(damaged)).toBe(404);
  expect(await status(sound)).toBe(200);
  expect(await next.stop('SIGTERM')).toBe(0);
});

it('a second server on the same folder is refused in one line, and the first one serves on', async () => {
  const folder = temporaryFolder();
  const first = await serverProcess({ DATA_DIR: folder });
  await expect(serverProcess({ DATA_DIR: folder })).rejects.toThrow(
    `Another server is using ${folder}: stop that one, or choose another folder with DATA_DIR=`,
  );
  await createSession(first.url);
});

it('[P45] a session that its instructor deletes leaves no nickname on the disk', async () => {
  const folder = temporaryFolder();
  const server = await serverProcess({ DATA_DIR: folder });
  const { code, secret } = await createSession(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(code, secret));
  const ada = await connect(server.url);
  accepted(await ada.join(code, 'AdaLovelace'));
  const isOnDisk = () =>
    readdirSync(folder).some((each) => readFileSync(path.join(folder, each)).includes('Lovelace'));
  expect(isOnDisk()).toBe(true);
  accepted(await teacher.ask('end', {}));
  expect(isOnDisk()).toBe(false);
});

it('[P45] who deletes a session sends everybody home, and nobody can return', async () => {
  const { url, store } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const ada = await connect(url);
  const place = accepted(await ada.join(code, 'Ada'));
  expect(await ada.ask('end', {})).toEqual({ ok: false, code: 'not_allowed' });
  expect(await teacher.ask('end', {})).toEqual({ ok: true });
  for (const page of [teacher, ada]) {
    await page.until(() => page.heard.includes('disconnect'));
    expect(page.heard.slice(-3)).toEqual(['farewell', 'session_ended', 'disconnect']);
  }
  expect(await store.count()).toBe(0);
  const late = await connect(url);
  const answer = await late.resume(code, place.index, place.secret);
  expect(answer).toEqual({ ok: false, code: 'unknown_code' });
});
