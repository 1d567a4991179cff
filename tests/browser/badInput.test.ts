import { expect, it } from 'vitest';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

it('an unknown code and an unknown address are answered in the language of the browser', async () => {
  const { url } = await startServer({ built: true });
  const notFound = { expected: /404/ };
  const french = await visit(`${url}/AAAAAA`, { locale: 'fr-FR', ...notFound });
  await french.getByText('Aucune classe', { exact: false }).first().waitFor();
  await french.locator('html[lang=fr]').waitFor({ state: 'attached' });
  const english = await visit(`${url}/AAAAAA`, notFound);
  await english.getByText('No class has this code').waitFor();
  await expectAccessible(english, 'unknown code');

  const lost = await visit(`${url}/no/such/page`, notFound);
  await lost.getByText('There is nothing at this address').waitFor();
  await lost.getByRole('radio', { name: 'FR' }).click();
  await lost.locator('html[lang=fr]').waitFor({ state: 'attached' });
  await expectAccessible(lost, 'unknown address');
});

it('the home page forgives how a code is typed and says when it can be none', async () => {
  const { url } = await startServer({ built: true });
  const { code } = await createSession(url);
  const page = await visit(url);
  const join = page.getByRole('button', { name: 'Join', exact: true });
  await page.getByLabel('Class code').fill('0000');
  await join.click();
  await page.getByText('A class code has six letters and digits').waitFor();
  await page.getByLabel('Class code').fill(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `);
  await join.click();
  await page.waitForURL(`${url}/${code}`);
  await page.getByLabel('Nickname').waitFor();
});

it('a nickname that cannot be taken is explained beside its field; one in use gets a number', async () => {
  const { url } = await startServer({ built: true });
  const { code } = await createSession(url);
  const first = await visit(`${url}/${code}`);
  const join = (page: typeof first) =>
    page.getByRole('button', { name: 'Join', exact: true }).click();
  for (const [typed, said] of [
    ['', 'Type a nickname.'],
    ['a name of more than twenty-four letters', 'too long'],
    ['a\u202eb', 'characters that cannot be shown'],
  ] as const) {
    await first.getByLabel('Nickname').fill(typed);
    await join(first);
    await first.getByText(said).first().waitFor();
  }
  const rude = '<b>Ada</b>';
  await first.getByLabel('Nickname').fill(rude);
  await join(first);
  await first.getByText(`You are in, ${rude}!`).waitFor();
  const second = await visit(`${url}/${code}`);
  await second.getByLabel('Nickname').fill(rude.toUpperCase());
  await join(second);
  await second.getByText(`You are in, ${rude.toUpperCase()} 2!`).waitFor();
  await second.getByText(`“${rude.toUpperCase()}” is taken already`).waitFor();
  expect(await first.getByText('is taken already').count()).toBe(0);
});

it('a locked room, a removed student and a second tab are told so, and the way on', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await visit(`${url}/teach/${code}#${secret}`);
  const student = await visit(`${url}/${code}`);
  await student.getByLabel('Nickname').fill('Grace');
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  await student.getByText('You are in, Grace!').waitFor();

  await teacher.getByRole('button', { name: 'Lock the room' }).click();
  // Before a nickname is typed, and when the room was locked while it was.
  const late = await visit(`${url}/${code}`);
  await late.getByText('The teacher has locked the room').waitFor();
  expect(await late.title()).toMatch(/^The teacher has locked the room · /);
  await teacher.getByRole('button', { name: 'Unlock the room' }).click();
  const again = late.getByRole('button', { name: 'Try again' });
  await teacher.getByRole('button', { name: 'Lock the room' }).waitFor();
  await again.click();
  await late.getByLabel('Nickname').fill('Hedy');
  await teacher.getByRole('button', { name: 'Lock the room' }).click();
  await teacher.getByText('The room is locked').waitFor();
  await late.getByRole('button', { name: 'Join', exact: true }).click();
  await late.getByText('The teacher has locked the room').waitFor();
  await expectAccessible(late, 'locked room');

  const tab = await student.context().newPage();
  await tab.goto(`${url}/${code}`);
  await tab.getByText('You are in, Grace!').waitFor();
  await student.getByRole('button', { name: 'Continue here' }).waitFor();
  await expectAccessible(student, 'replaced by another tab');
  await student.getByRole('button', { name: 'Continue here' }).click();
  await student.getByText('You are in, Grace!').waitFor();
  await tab.getByRole('button', { name: 'Continue here' }).waitFor();

  await teacher.getByRole('button', { name: 'Remove Grace' }).click();
  await expectAccessible(teacher, 'about to remove a student from a locked room');
  await teacher.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await student.getByText('The teacher has removed you from this class.').waitFor();
  await expectAccessible(student, 'removed');
});

it('a wrong instructor link opens nothing, and says why', async () => {
  const { url } = await startServer({ built: true });
  const { code } = await createSession(url);
  const page = await visit(`${url}/teach/${code}#not-the-secret`);
  await page.getByText('This class cannot be opened').waitFor();
  await expectAccessible(page, 'wrong instructor link');
});

it('a room that is full says so on the page', async () => {
  const { url, app } = await startServer({ built: true });
  const { code } = await createSession(url);
  const room = await app.rooms.open(code);
  if ('refusal' in room) throw new Error(room.refusal);
  for (let k = 0; room.roster.hasPlaceFor(1); k++) {
    room.roster.add({ name: `S${k}`, secret: `secret ${k}`, simulated: false }, `peer ${k}`);
  }
  const page = await visit(`${url}/${code}`);
  await page.getByLabel('Nickname').fill('Ada');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText('The room is full').waitFor();
  await expectAccessible(page, 'full room');
});
