import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accepted, connect, PLAN, start } from '../integration/client.ts';
import { USUAL_WALL } from '../../shared/wall.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1_280, height: 800 };

/** What a page has chosen in a row of choices. */
const chosen = (page: Page | Locator, group: string, name: string) =>
  page
    .getByRole('radiogroup', { name: group, exact: true })
    .getByRole('radio', { name, exact: true, checked: true });
const choose = (page: Page | Locator, group: string, name: string) =>
  page
    .getByRole('radiogroup', { name: group, exact: true })
    .getByRole('radio', { name, exact: true })
    .click();

it('[P100] the wall follows the desk and the phone, late and reloaded walls too, and a hand at it only itself', async () => {
  const { url, time } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  const { pass } = accepted(await teacher.instruct(code, secret));
  const pace = { kind: 'paced', stepsPerSecond: 100 } as const;
  accepted(await teacher.ask('prepare', { ...PLAN, pace, bets: true }));
  for (const name of ['Ada', 'Alan']) {
    const student = await visit(`${url}/${code}`, { viewport: PHONE });
    await student.getByLabel('Nickname').fill(name);
    await student.getByRole('button', { name: 'Join', exact: true }).click();
    await student.getByText(`You are in, ${name}!`).waitFor();
    await student.getByRole('button', { name: /^too low/ }).click();
    await student.getByRole('button', { name: /^too low/, pressed: true }).waitFor();
  }
  await start(teacher, time);
  await teacher.until(() => teacher.session?.phase === 'finished');

  const desk = await visit(`${url}/teach/${code}#${secret}`, { viewport: DESK });
  const strip = desk.getByRole('region', { name: 'On the projector' });
  await desk.getByRole('radiogroup', { name: 'Loss axis' }).waitFor();
  expect(await strip.count()).toBe(0);
  // A browser says so of a page that is loaded anew while it goes over to WebSocket.
  const reloaded = { expected: /WebSocket is closed before the connection is established/ };
  const wall = await visit(`${url}/show/${code}`, reloaded);
  await strip.waitFor();
  await expectAccessible(desk, 'the desk beside a projector');

  // On a low screen as well what came of the guesses lies one below the other.
  await desk.setViewportSize({ ...DESK, height: 680 });
  await desk.getByRole('tab', { name: 'Guesses' }).click();
  const parts = desk
    .getByRole('region', { name: 'What the class has guessed' })
    .locator('.head, li:nth-child(2n + 1) > *');
  await expect.poll(() => parts.count()).toBe(5);
  const boxes = await parts.evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
  boxes.slice(1).forEach(({ top }, k) => expect(top).toBeGreaterThanOrEqual(boxes[k]!.bottom - 1));
  await desk.getByRole('tab', { name: 'Leaderboard' }).click();
  await desk.setViewportSize(DESK);

  // What is chosen on the desk.
  await choose(desk, 'Loss axis', 'Linear');
  await chosen(wall, 'Loss axis', 'Linear').waitFor();
  const row = (page: Page, name: string) => page.locator('.board tr').filter({ hasText: name });
  await row(desk, 'Alan').hover();
  await expect.poll(() => row(wall, 'Alan').getAttribute('class')).toMatch(/focused/);
  await row(desk, 'Ada').getByRole('button').first().click();
  await desk.locator('h1').hover();
  await expect.poll(() => row(wall, 'Alan').getAttribute('class')).not.toMatch(/focused/);
  await wall.getByRole('button', { name: 'Unpin Ada' }).waitFor();
  await choose(desk, 'Beside the curves, on the projector', 'Class brain');
  await wall.getByRole('heading', { name: 'Class brain' }).waitFor({ state: 'attached' });

  await desk.getByRole('group', { name: 'Zoom' }).getByRole('button', { name: 'Zoom in' }).click();
  const shrunk = (page: Page) =>
    page.getByRole('group', { name: 'Zoom' }).getByRole('button', { name: 'Show all' });
  await shrunk(wall).waitFor();

  // Another wall, and this one after a reload.
  const late = await visit(`${url}/show/${code}#${pass}`, reloaded);
  await late.getByRole('radiogroup', { name: 'Loss axis' }).waitFor();
  const kept = (page: Page) =>
    page.evaluate((key) => localStorage.getItem(key), `build-a-brain:projector:${code}`);
  await late.reload();
  await wall.reload();
  for (const page of [late, wall]) {
    await chosen(page, 'Loss axis', 'Linear').waitFor();
    await page.getByRole('button', { name: 'Unpin Ada' }).waitFor();
    await shrunk(page).waitFor();
    await page.getByRole('heading', { name: 'Class brain' }).waitFor({ state: 'attached' });
  }

  // A hand at one wall, until the instructor chooses anew: here with a phone.
  await choose(wall, 'What stands beside the charts', 'Landscape');
  await chosen(wall, 'What stands beside the charts', 'Landscape').waitFor();
  await chosen(late, 'What stands beside the charts', 'Class brain').waitFor();
  const phone = await visit(`${url}/teach/${code}#${secret}`, { viewport: PHONE });
  await choose(phone, 'Beside the curves, on the projector', 'Curves alone');
  for (const page of [wall, late]) {
    await page
      .getByRole('radiogroup', { name: 'What stands beside the charts' })
      .waitFor({ state: 'detached' });
  }
  await expectAccessible(phone, 'a phone as the remote of a projector');

  // What lies over the curves there goes with Escape and with a hand elsewhere, and stays for one in it.
  const button = late.getByRole('button', { name: 'Options' });
  const choices = late.locator('.chart').getByText('seconds', { exact: true });
  for (const shut of [
    () => late.keyboard.press('Escape'),
    () => late.locator('h1').click(),
    () => button.click(),
  ]) {
    await button.click();
    await choices.click();
    await choices.waitFor();
    await shut();
    await choices.waitFor({ state: 'detached' });
  }

  // Forgotten there, it goes by itself; a hand in it puts that off.
  await late.clock.install();
  await button.click();
  await late.clock.fastForward(19_000);
  await choices.click();
  await late.clock.fastForward(19_000);
  expect(await choices.isVisible()).toBe(true);
  await late.clock.fastForward(1_000);
  await choices.waitFor({ state: 'detached' });

  // A desk that the wall does not follow keeps its view to itself, until it is sent.
  await strip.getByLabel('Follows this page').uncheck();
  await choose(desk, 'Loss axis', 'Log');
  await desk.getByRole('button', { name: 'Show this page’s view' }).waitFor();
  await choose(phone, 'Beside the curves, on the projector', 'Landscape');
  await chosen(wall, 'What stands beside the charts', 'Landscape').waitFor();
  await chosen(wall, 'Loss axis', 'Linear').waitFor();
  await desk.getByRole('button', { name: 'Show this page’s view' }).click();
  await chosen(wall, 'Loss axis', 'Log').waitFor();
  await strip.getByLabel('Follows this page').check();

  // An earlier run lies under the curves of the wall as well, also of one that has not seen it.
  accepted(await teacher.ask('command', { command: 'next' }));
  await start(teacher, time);
  await wall.reload();
  await desk.getByRole('button', { name: 'Options' }).click();
  await desk.getByLabel('under it').selectOption({ label: 'run 1' });
  await wall.getByText('Faintly under it: run 1').waitFor();

  // What the sweep shows.
  await desk.locator('.sweep').getByRole('button', { name: 'Steps needed' }).click();
  await wall.getByRole('button', { name: 'Steps needed', pressed: true }).waitFor();

  // [P105] A replay, at the same step and seen in the same way, as long as the desk shows it.
  await desk.getByRole('button', { name: 'Runs', exact: true }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Replay' }).last().click();
  const again = wall.getByRole('heading', { name: 'Replay of run 1' });
  await again.waitFor();
  await dialog.getByText('to the last bit').waitFor();
  await dialog.getByRole('slider', { name: 'Steps done' }).fill('4');
  await wall.getByText('Step 4 of 50').waitFor();
  await choose(dialog, 'Loss axis', 'Linear');
  await dialog.locator('.board tr').filter({ hasText: 'Alan' }).getByRole('button').first().click();
  await chosen(wall, 'Loss axis', 'Linear').waitFor();
  await wall.getByRole('button', { name: 'Unpin Alan' }).waitFor();
  await wall.reload();
  await wall.getByText('Step 4 of 50').waitFor();
  await expectAccessible(wall, 'a replay on the projector');
  await dialog.getByLabel('Show this on the projector too').uncheck();
  await dialog.getByText('It goes on showing the class.').waitFor();
  await again.waitFor({ state: 'detached' });
  const onWall = dialog.getByLabel('Show this on the projector too');
  await onWall.check();
  await again.waitFor();

  // Every instructor's screen says so and may end it, by the button or by choosing what stands there.
  const remote = phone.getByRole('region', { name: 'On the projector' });
  await remote.getByText('Replay of run 1').waitFor();
  await remote.getByRole('button', { name: 'End the replay' }).click();
  await again.waitFor({ state: 'detached' });
  await expect.poll(() => onWall.isChecked()).toBe(false);
  await onWall.check();
  await again.waitFor();
  await choose(phone, 'Beside the curves, on the projector', 'Curves alone');
  await again.waitFor({ state: 'detached' });
  await expect.poll(() => onWall.isChecked()).toBe(false);

  // What another page shows takes the wall from this one.
  await onWall.check();
  await again.waitFor();
  accepted(await teacher.ask('replay', { shown: { run: 1, step: 7, view: USUAL_WALL } }));
  await dialog.getByText('It shows run 1, from another page.').waitFor();
  expect(await onWall.isChecked()).toBe(false);
  await wall.getByText('Step 7 of 50').waitFor();
  await onWall.check();
  await wall.getByText('Step 4 of 50').waitFor();

  // Names and presence are the class's own at every moment, here and there.
  accepted(await teacher.ask('rename', { index: 1, name: 'Hugo' }));
  for (const page of [wall, dialog]) await page.locator('.board tr', { hasText: 'Hugo' }).waitFor();
  accepted(await teacher.ask('remove', { index: 1 }));
  for (const page of [wall, dialog]) {
    await page.locator('.board tr', { hasText: 'Hugo' }).waitFor({ state: 'detached' });
  }
  expect(await onWall.isChecked()).toBe(true);
  await desk.keyboard.press('Escape');
  await again.waitFor({ state: 'detached' });

  // A run that has begun while another is replayed is in the list that one goes back to.
  await desk.getByRole('button', { name: 'Runs', exact: true }).click();
  await dialog.getByRole('button', { name: 'Replay' }).last().click();
  await again.waitFor();
  await teacher.until(() => teacher.session?.phase === 'finished');
  accepted(await teacher.ask('command', { command: 'next' }));
  await start(teacher, time);
  await again.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'All runs' }).click();
  await dialog.getByRole('heading', { name: 'Run 3' }).waitFor();

  // [P97] What gives a projector its place outlives a reload, but not the session.
  expect([await kept(late), await kept(wall)]).toEqual([pass, null]);
  accepted(await teacher.ask('end', {}));
  await late.getByText('This class is over.').waitFor();
  expect(await kept(late)).toBeNull();
});
