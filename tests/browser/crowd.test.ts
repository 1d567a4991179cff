import { expect, it, onTestFinished } from 'vitest';
import { JOINS, PASSWORD_TRIES, SLOW_LINE } from '../../shared/limits.ts';
import { accepted, connect } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

/** As many newcomers of one address as `joins` lets in, until the end of the test. */
function narrow(joins: typeof JOINS): void {
  const normal = { ...JOINS };
  onTestFinished(() => void Object.assign(JOINS, normal));
  Object.assign(JOINS, joins);
}

it('[P93] a phone that comes with too many others says so, and joins by itself', async () => {
  narrow({ burst: 1, perSecond: 0.2 });
  const { url, app } = await startServer({ built: true });
  const { code } = await createSession(url);
  const phone = await visit(`${url}/${code}`, {
    locale: 'fr-FR',
    viewport: { width: 390, height: 844 },
  });
  await phone.getByLabel('Pseudo').fill('Zoé');
  accepted(await (await connect(url)).join(code, 'Ada'));
  await phone.getByRole('button', { name: /^Rejoindre$/ }).click();
  await phone.getByText(/Beaucoup de monde arrive/).waitFor();
  expect(app.rooms.find(code)?.roster.size).toBe(1);
  await expectAccessible(phone, 'a phone in line');
  await phone.getByText('Zoé').first().waitFor();
  expect(app.rooms.find(code)?.roster.participants.map(({ name }) => name)).toEqual(['Ada', 'Zoé']);
  expect(await phone.getByText(/Beaucoup de monde arrive/).count()).toBe(0);
});

it('[P95] a teacher among others who guess the password is told to wait, and gets in', async () => {
  const password = 'correct horse';
  const { url, time } = await startServer({
    built: true,
    config: { instructorPassword: password },
  });
  const open = (body: object) =>
    fetch(`${url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (let k = 0; k < PASSWORD_TRIES.burst; k++) {
    expect((await open({ password: `guess ${k}` })).status).toBe(403);
  }
  const desk = await visit(url, { expected: /40[13]/ });
  const button = desk.getByRole('button', { name: 'Open a class', exact: true });
  await button.click();
  await desk.getByLabel('Instructors’ password').fill(password);
  await button.click();
  await desk.getByText('This takes longer than usual').waitFor();
  time.pass(SLOW_LINE.pause);
  await desk.waitForURL(/\/teach\/\w{6}#/);
  // The next time this browser is known.
  await desk.goto(url);
  await button.click();
  await desk.getByLabel('Instructors’ password').fill(password);
  const known = desk.waitForRequest((request) => !!request.postData()?.includes('"ticket":"'));
  await button.click();
  await known;
  await desk.waitForURL(/\/teach\/\w{6}#/);
  // How it looks, of one that never arrives: of this one the turn would come meanwhile.
  const other = await visit(url, { expected: /40[13]|Failed to load resource/ });
  await other.getByRole('button', { name: 'Open a class', exact: true }).click();
  await other.getByLabel('Instructors’ password').fill(password);
  await other.route('**/api/sessions', () => {});
  await other.getByRole('button', { name: 'Open a class', exact: true }).click();
  await other.getByText('This takes longer than usual').waitFor();
  await expectAccessible(other, 'a password in line');
});
