import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MemoryStore } from '../../server/store/memory.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { NAMED_HOST, useChromium, visit, type Visit } from './chromium.ts';
import { expectSameBits, observe } from './headless.ts';
import { reverseProxy } from './reverseProxy.ts';

useChromium();

const PHONE = { width: 390, height: 844 };

it('a class works below a path, on plain http, without WebSocket, and asks nobody else for anything', async () => {
  let server = '';
  const proxy = await reverseProxy(NAMED_HOST, '/brain', () => new URL(server).origin);
  ({ url: server } = await startServer({
    built: true,
    config: { publicUrl: proxy.url, basePath: '/brain', trustProxy: 1 },
  }));
  const asked: string[] = [];
  const open = async (url: string, options: Visit = {}) => {
    const page = await visit(url, {
      ...options,
      // The pages try a WebSocket, and go on without one.
      expected: /WebSocket/,
      requested: (address) => asked.push(address),
    });
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    return page;
  };
  const teacher = await open(`${proxy.url}/`);
  const press = (name: string) => teacher.getByRole('button', { name, exact: true }).click();
  await press('Open a class');
  await teacher.waitForURL(/\/brain\/teach\//);
  const code = /\/teach\/(\w{6})#/.exec(teacher.url())![1]!;
  const link = teacher.getByRole('link', { name: `${proxy.url}/${code}` });
  await press('Copy the link');
  await teacher.getByText('Copied').waitFor();

  const student = await open((await link.getAttribute('href'))!, { viewport: PHONE });
  await student.getByLabel('Nickname').fill('Ada');
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  await student.getByText('You are in, Ada!').waitFor();
  const projector = await open(`${proxy.url}/show/${code}`);
  await projector.getByText('Ada').first().waitFor();

  await teacher.getByText('Handwritten digits', { exact: true }).click();
  await teacher.getByLabel('Steps a second').fill('100');
  await press('Prepare this run');
  await press('Start');
  await student.reload();
  await teacher.getByRole('button', { name: 'Next run', exact: true }).waitFor();
  await student.getByText(/Your loss at the end is/).waitFor();
  const { welcome, frame } = await observe(new URL(server).origin, code);
  await expectSameBits(welcome.session.run!, welcome.participants, frame);

  expect(proxy.refusedUpgrades()).toBeGreaterThan(0);
  const elsewhere = asked.filter((address) => !address.startsWith(`${proxy.url}/`));
  expect(elsewhere.filter((address) => !address.startsWith('blob:'))).toEqual([]);
  expect(asked.length).toBeGreaterThan(30);
});

it('pages say in their language that the server restarts, and come back to it by themselves', async () => {
  const store = new MemoryStore();
  const first = await startServer({ built: true, store });
  const { code, secret } = await createSession(first.url);
  const lost = { expected: /Failed to load resource|WebSocket/ };
  const teacher = await visit(`${first.url}/teach/${code}#${secret}`, lost);
  const student = await visit(`${first.url}/${code}`, { ...lost, locale: 'fr-FR' });
  await student.getByLabel('Pseudo').fill('Zoé');
  await student.getByRole('button', { name: 'Rejoindre', exact: true }).click();
  await teacher.getByText('Zoé').first().waitFor();
  await first.app.close();
  await teacher.getByText('The server restarts').first().waitFor();
  await student.getByText('Le serveur redémarre').first().waitFor();
  await expectAccessible(teacher, 'instructor, server restarting');
  await expectAccessible(student, 'student, server restarting');

  const port = Number(new URL(first.url).port);
  await startServer({ built: true, store, config: { port } });
  await teacher.getByText('The server restarts').waitFor({ state: 'detached' });
  await teacher.getByText('Connected').waitFor();
  await student.getByText('Le serveur redémarre').waitFor({ state: 'detached' });
  await teacher.getByRole('button', { name: 'Remove Zoé' }).waitFor();
});

it('opening a class asks for the password where there is one, in both languages', async () => {
  const config = { instructorPassword: 'correct horse' };
  const { url } = await startServer({ built: true, config });
  const refused = { expected: /40[13]/ };
  const english = await visit(url, refused);
  const open = english.getByRole('button', { name: 'Open a class', exact: true });
  await open.click();
  await english.getByText('needs the instructors’ password').waitFor();
  const field = english.getByLabel('Instructors’ password');
  await field.fill('guess');
  await open.click();
  await english.getByText('This is not the right password').waitFor();
  await expectAccessible(english, 'password asked for');
  await field.fill('correct horse');
  await field.press('Enter');
  await english.waitForURL(/\/teach\/\w{6}#/);

  const french = await visit(url, { ...refused, locale: 'fr-FR' });
  await french.getByRole('button', { name: 'Ouvrir une classe', exact: true }).click();
  await french.getByLabel('Mot de passe des professeurs').waitFor();
});

it('a nickname is text on every page and in the results, whatever it looks like', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await visit(`${url}/teach/${code}#${secret}`);
  const projector = await visit(`${url}/show/${code}`);
  const name = '<img src=x onerror=b()>';
  const student = await visit(`${url}/${code}`);
  await student.getByLabel('Nickname').fill(name);
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  await teacher.getByLabel('Length', { exact: true }).fill('20');
  await teacher.getByRole('button', { name: 'Prepare this run', exact: true }).click();
  await teacher.getByRole('button', { name: 'Start', exact: true }).click();
  await teacher.getByRole('button', { name: 'Next run', exact: true }).waitFor();
  for (const page of [teacher, projector, student]) {
    await page.getByText(name).first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  }
  await teacher.getByRole('button', { name: 'Results', exact: true }).click();
  const saved = teacher.waitForEvent('download');
  await teacher.getByRole('button', { name: 'Table of all runs (CSV)' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe(`build-a-brain-${code}-results.csv`);
  expect(await readFile(await file.path(), 'utf8')).toContain(`,${name},no,`);
});
