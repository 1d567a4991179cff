import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { pseudonym } from '../../shared/nicknames/friendly.ts';
import { accepted, connect } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const PHONE = { width: 390, height: 844 };

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** The one button that stands out. */
const primary = (page: Page) => page.locator('.controls button.primary');

it('a teacher conducts a run with keys, a phone as remote and a projector, and hides the names', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  await button(desk, /^Find the edge/).click();
  await expect.poll(() => desk.getByLabel('To', { exact: true }).inputValue()).toBe('1.61');
  await desk.getByLabel('Length', { exact: true }).fill('2000');
  await primary(desk).filter({ hasText: 'Prepare this run' }).click();
  await primary(desk).filter({ hasText: 'Show the join code' }).click();
  await desk.getByRole('dialog').getByText(code, { exact: true }).waitFor();
  await desk.keyboard.press('Escape');

  const student = await visit(`${url}/${code}`, { viewport: PHONE });
  const offer = student.getByRole('group', { name: 'Or take one of these:' }).getByRole('button');
  const name = (await offer.first().textContent())!.trim();
  await student.getByLabel('Nickname').fill('Sh1t');
  await button(student, 'Join').click();
  await student.getByText('is on our list of rude words').waitFor();
  await offer.first().click();
  await button(student, 'Join').click();
  await student.getByText(`You are in, ${name}!`).waitFor();

  // Typed into a field, keys are only letters.
  const length = desk.getByLabel('Length', { exact: true });
  await length.press('End');
  await length.pressSequentially(' l?');
  expect(await length.inputValue()).toBe('2000 l?');
  expect(await button(desk, 'Lock the room').count()).toBe(1);
  await button(desk, 'Discard changes').click();
  await desk.locator('h1').click();
  await desk.keyboard.press('?');
  const list = desk.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByText('In a pause: one step').waitFor();
  await desk.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  const popup = desk.waitForEvent('popup');
  await desk.keyboard.press('p');
  const projector = await popup;
  await projector.getByText(name).waitFor();
  // Its pass is not on the wall for all to read.
  expect(projector.url()).not.toContain('#');
  await desk.keyboard.press('l');
  await projector.getByText('The room is locked').waitFor();
  await desk.keyboard.press('l');
  await projector.getByText('The room is locked').waitFor({ state: 'detached' });
  await desk.keyboard.press('h');
  const alias = pseudonym('en', code, 0);
  await projector.getByText(alias).waitFor();
  expect(await projector.getByText(name).count()).toBe(0);
  await student.getByText(`on the wall: ${alias}`).waitFor();
  await desk.getByText(`as ${alias}`).waitFor();

  const remote = await visit(`${url}/teach/${code}#${secret}`, { viewport: PHONE });
  await primary(remote).filter({ hasText: 'Start' }).waitFor();
  await desk.keyboard.press('Space');
  await primary(remote).filter({ hasText: 'Pause' }).click();
  await desk.getByRole('heading', { name: 'Paused' }).waitFor();
  await primary(remote).filter({ hasText: 'Resume' }).waitFor();
  await desk.getByText('Reference curve').click();
  await desk.getByLabel('Learning rate', { exact: true }).fill('1.3');
  await button(desk, 'Show').click();
  await projector.getByText('reference 1.3').waitFor();
  await desk.locator('h1').click();
  await desk.keyboard.press('x');
  await desk.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await primary(remote).filter({ hasText: 'Next run' }).waitFor();
  // What a narrow page has no room for is one button away.
  await button(remote, 'Results').waitFor({ state: 'hidden' });
  await button(remote, 'More').click();
  for (const tool of ['Runs', 'Results', 'Phone remote']) await button(remote, tool).waitFor();
});

it('somebody alone trains eight rates, and another sees the same by the address', async () => {
  const { url } = await startServer({ built: true });
  const home = await visit(url);
  await button(home, 'Start alone').click();
  await home.waitForURL(/alone#experiment=linear/);
  await home.getByText('Full speed', { exact: true }).click();
  await home.getByLabel('Learning rates').fill('0.01; 0.1; 1; 2');
  await home.waitForURL(/rates=0\.01,0\.1,1,2$/);
  await primary(home).filter({ hasText: 'Start' }).click();
  await home.getByRole('heading', { name: 'Finished' }).waitFor();
  await home.getByText('4 curves, 1 diverged').first().waitFor();
  const board = (page: Page) => page.locator('table').first().innerText();

  const other = await visit(home.url(), { locale: 'fr-FR' });
  await primary(other).filter({ hasText: 'Démarrer' }).click();
  await other.getByRole('heading', { name: 'Terminé' }).waitFor();
  const digits = (text: string) => text.replaceAll(',', '.').match(/0\.\d{4,}|\d\.\d+e/g);
  await expect.poll(async () => digits(await board(other))).toEqual(digits(await board(home)));
  // The weights of digits are large enough to be seen.
  await button(home, 'Try something else').click();
  await home.getByText('Handwritten digits', { exact: true }).first().click();
  await home.getByText('Full speed', { exact: true }).click();
  await home.getByLabel('Learning rates').fill('0.1');
  await primary(home).filter({ hasText: 'Start' }).click();
  await home.getByRole('heading', { name: 'Finished' }).waitFor();
  const weights = home.locator('.images canvas').first();
  await expect.poll(async () => (await weights.boundingBox())?.width).toBeGreaterThan(24);
  await home.goto(`${url}/alone#experiment=cubic`);
  await home.getByText('experiment=cubic').waitFor();
});

it('[P96] a teacher removes all who are away, after a question that names them', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const [ada, bob, cleo] = await Promise.all([0, 1, 2].map(() => connect(url)));
  const place = accepted(await ada!.join(code, 'Ada'));
  accepted(await bob!.join(code, 'Bob'));
  accepted(await cleo!.join(code, 'Cleo'));
  const desk = await visit(`${url}/teach/${code}#${secret}`, { locale: 'fr-FR' });
  await button(desk, 'Retirer Cleo').waitFor();
  expect(await button(desk, /absent/).count()).toBe(0);
  ada!.socket.disconnect();
  bob!.socket.disconnect();
  await button(desk, /^Retirer les 2 absents/).click();
  const question = desk.getByRole('dialog');
  await question.getByText('Ada, Bob').waitFor();
  await expectAccessible(desk, 'the question about those who are away');
  // One of them comes back before the answer.
  accepted(await (await connect(url)).resume(code, place.index, place.secret));
  await question.getByRole('button', { name: 'Retirer', exact: true }).click();
  await button(desk, 'Retirer Bob').waitFor({ state: 'detached' });
  expect(await button(desk, 'Retirer Ada').count()).toBe(1);
  expect(await button(desk, 'Retirer Cleo').count()).toBe(1);
  await button(desk, /absent/).waitFor({ state: 'detached' });
});
