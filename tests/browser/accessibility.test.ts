import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accepted, connect, PLAN } from '../integration/client.ts';
import { network } from '../proxy.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible, expectWithinReach } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const PHONE = { width: 390, height: 844 };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function join(page: Page, name: string): Promise<void> {
  await page.getByLabel(/Nickname|Pseudo/).fill(name);
  await page.getByRole('button', { name: /^(Join|Rejoindre)$/ }).click();
}

it('axe finds nothing on the pages that lead into a class, nor on those that lead out of it', async () => {
  const { url } = await startServer({ built: true });
  const home = await visit(url, { locale: 'fr-FR' });
  await home.getByRole('button', { name: 'Ouvrir une classe', exact: true }).waitFor();
  await expectAccessible(home, 'home');
  await home.getByLabel('Code de la classe').fill('0');
  await home.getByRole('button', { name: 'Rejoindre', exact: true }).click();
  await home.getByRole('alert').waitFor();
  await expectAccessible(home, 'home, wrong code');

  const { code, secret } = await createSession(url);
  const wifi = await network(url);
  const lost = { expected: /Failed to load resource|WebSocket/ };
  const phone = await visit(`${wifi.url}/${code}`, { viewport: PHONE, ...lost });
  await phone.getByLabel('Nickname').waitFor();
  await expectAccessible(phone, 'join form');
  await button(phone, 'Join').click();
  await phone.getByRole('alert').waitFor();
  await expectAccessible(phone, 'join form, no nickname');
  await join(phone, 'Ada');
  await phone.getByText('You are in, Ada!').waitFor();
  await expectAccessible(phone, 'waiting room without a run');
  expect(await phone.title()).toBe(`Waiting · ${code} · Build a Brain`);

  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const pick = { ...PLAN, rates: { kind: 'pick', from: 0.001, to: 1 } };
  accepted(await teacher.ask('prepare', pick));
  await phone.getByRole('slider').waitFor();
  await phone.getByLabel('Or type it').fill('7');
  await phone.getByText('Between 0.001 and 1.').waitFor();
  await expectAccessible(phone, 'rate picking');
  wifi.cut();
  await phone.getByText('No connection').waitFor();
  await expectAccessible(phone, 'offline');
  wifi.mend();
  await phone.getByText('No connection').waitFor({ state: 'detached' });

  const projector = await visit(`${url}/show/${code}`);
  await projector.getByText('Ada').waitFor();
  await expectAccessible(projector, 'projector, welcome');
  accepted(await teacher.ask('end', {}));
  await phone.getByText('This class is over.').waitFor();
  await expectAccessible(phone, 'session ended');
  await projector.getByText('This class is over.').waitFor();
  await expectAccessible(projector, 'projector, session ended');
  for (const page of [phone, projector]) {
    expect(await page.title()).toMatch(/^This class is over\. · /);
  }
});

it('axe finds nothing on any page of a class, from the lobby to the end of a run', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  await desk.getByRole('heading', { name: 'Prepare a run' }).waitFor();
  await desk.getByText('Simulated students').click();
  await desk.getByText('Handwritten digits', { exact: true }).click();
  await expectAccessible(desk, 'lobby, nobody there, a run of digits');
  await desk.getByText('Points in the plane', { exact: true }).click();
  await desk.getByLabel('Points', { exact: true }).fill('many');
  await desk.getByRole('alert').waitFor();
  await expectAccessible(desk, 'lobby, a field of the plan is wrong');
  await desk.getByText('A straight line', { exact: true }).click();
  await button(desk, 'QR code').click();
  await expectAccessible(desk, 'invitation');
  await desk.keyboard.press('Escape');

  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const phone = await visit(`${url}/${code}`, { viewport: PHONE });
  await join(phone, 'Ada');
  const show = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  accepted(await teacher.ask('rehearse', { students: 7 }));
  // Longer than a busy machine looks at its pages.
  const settings = { ...PLAN.settings, steps: 4_000 };
  const pace = { kind: 'paced', stepsPerSecond: 20 };
  const rates = { kind: 'spread', from: 0.01, to: 3 };
  accepted(await teacher.ask('prepare', { settings, pace, rates }));
  await desk.getByRole('heading', { name: 'Ready: 8 students in the room' }).waitFor();
  await expectAccessible(desk, 'lobby, ready');
  await phone.getByText('Dealt to you').waitFor();
  await expectAccessible(phone, 'waiting room with a dealt rate');

  accepted(await teacher.ask('command', { command: 'start' }));
  await Promise.all([
    phone.getByRole('timer').waitFor(),
    show.getByRole('timer').waitFor(),
    desk.getByRole('heading', { name: 'Starting in' }).waitFor(),
  ]);
  await Promise.all([
    expectAccessible(phone, 'countdown'),
    expectAccessible(show, 'projector, countdown'),
    expectAccessible(desk, 'instructor, countdown'),
  ]);
  await phone.getByText(/step [\d,]+ of 4,000/).waitFor();
  await desk.getByRole('status').filter({ hasText: 'diverged' }).first().waitFor();
  await expectAccessible(desk, 'instructor, running');
  await expectAccessible(phone, 'student, running');
  await expectAccessible(show, 'projector, running');
  accepted(await teacher.ask('command', { command: 'pause' }));
  await button(desk, 'Resume').waitFor();
  // Of several tabs each says which page it is, and what it is about.
  const named = (page: Page) => expect.poll(() => page.title());
  await named(phone).toBe(`Paused · ${code} · Build a Brain`);
  await named(show).toBe(`Paused · ${code} · projector`);
  await named(desk).toBe(`Paused · ${code} · instructor`);
  await button(desk, 'Options').click();
  await expectAccessible(desk, 'instructor, paused, options of the chart');
  await desk
    .getByRole('button', { name: /^About / })
    .first()
    .press('Enter');
  await desk.getByRole('dialog', { name: /^About / }).waitFor();
  await expectAccessible(desk, 'an option explained');
  await desk.keyboard.press('Escape');
  await desk.getByRole('dialog', { name: /^About / }).waitFor({ state: 'detached' });
  for (const table of await desk.getByRole('button', { name: 'Table', exact: true }).all()) {
    await table.click();
  }
  await expectAccessible(desk, 'instructor, tables in place of the charts');
  await button(desk, 'Stop').click();
  await desk.getByRole('dialog').waitFor();
  await expectAccessible(desk, 'instructor, about to stop');
  await desk.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
  await button(desk, 'Next run').waitFor();
  // A small laptop has room for the signs of the states, and no more.
  await desk.setViewportSize({ width: 1024, height: 768 });
  await desk.locator('div.board').getByTitle('stopped').first().waitFor();
  await expectWithinReach(desk, 'instructor, finished, on a small laptop');
  // What is always at the top takes one line there, in the longer language too.
  const { height } = (await desk.locator('header').first().boundingBox())!;
  await desk.getByRole('radio', { name: /^FR/ }).click();
  await desk.getByText('Entraînement suivant').waitFor();
  expect((await desk.locator('header').first().boundingBox())!.height).toBe(height);
  expect(height).toBeLessThan(70);
  await desk.getByRole('radio', { name: /^EN/ }).click();
  await desk.setViewportSize({ width: 1280, height: 800 });
  await desk.getByRole('tab', { name: 'Class', exact: true }).click();
  await expectAccessible(desk, 'instructor, finished, the class beside the charts');
  await phone.getByText('Your loss at the end is').waitFor();
  await expectAccessible(phone, 'student, finished');
  await expectAccessible(show, 'projector, finished');
});

it('choices, dialogs and tabs are worked by the keyboard, and the focus comes back', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('rehearse', { students: 2 }));
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  const focused = (role: string) =>
    desk.evaluate(
      (wanted) =>
        document.activeElement?.getAttribute('role') === wanted
          ? document.activeElement.textContent.trim()
          : null,
      role,
    );

  // One stop of the tab key for the whole choice; arrows choose.
  await desk.getByRole('radio', { name: 'A straight line' }).focus();
  await desk.keyboard.press('ArrowRight');
  expect(await focused('radio')).toBe('Points in the plane');
  await desk.getByLabel('Shape').waitFor();
  await desk.keyboard.press('Tab');
  expect(await focused('radio')).not.toBe('Handwritten digits');

  // A dialog holds the focus, and gives it back to what opened it.
  const opener = desk.getByRole('button', { name: 'QR code', exact: true });
  await opener.press('Enter');
  const dialog = desk.getByRole('dialog');
  await dialog.waitFor();
  for (let stop = 0; stop < 3; stop++) {
    await desk.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await desk.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect
    .poll(() => opener.evaluate((element) => element === document.activeElement))
    .toBe(true);

  accepted(await teacher.ask('prepare', PLAN));
  accepted(await teacher.ask('command', { command: 'start' }));
  await desk.getByRole('tab', { name: 'Leaderboard' }).focus();
  await desk.keyboard.press('ArrowRight');
  expect(await focused('tab')).toBe('Class');
  await desk.getByRole('tabpanel', { name: 'Class' }).getByText('2 students').waitFor();
});
