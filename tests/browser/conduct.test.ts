import type { BrowserContext, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect, PLAN, type TestClient } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';
import { expectSameBits, observe } from './headless.ts';
import { network } from '../proxy.ts';

useChromium();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A server with one session; a teacher conducts it by messages, or opens its page. */
async function classroom() {
  const server = await startServer({ built: true });
  const session = await createSession(server.url);
  const page = `${server.url}/teach/${session.code}#${session.secret}`;
  return { ...server, ...session, teacherPage: () => visit(page) };
}

/** The teacher without a page, with a run prepared. */
async function conductor(
  { url, code, secret }: { url: string; code: string; secret: string },
  plan: Partial<RunPlan>,
): Promise<TestClient> {
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('prepare', { ...PLAN, ...plan }));
  return teacher;
}

async function join(url: string, code: string, name: string): Promise<Page> {
  const page = await visit(`${url}/${code}`);
  await page.getByLabel('Nickname').fill(name);
  await button(page, 'Join').click();
  await page.getByText(`You are in, ${name}!`).waitFor();
  return page;
}

/** What the server holds, each curve held against one that was trained without a disturbance. */
async function expectHeadlessBits(url: string, code: string): Promise<number[]> {
  const { welcome, frame } = await observe(url, code);
  await expectSameBits(welcome.session.run!, welcome.participants, frame);
  return welcome.participants.map(({ rate }) => rate!);
}

it('a start that is called off in the countdown leaves no trace, and the next is of the plan as it is then', async () => {
  const room = await classroom();
  const teacher = await room.teacherPage();
  const ada = await join(room.url, room.code, 'Ada');
  const length = teacher.getByLabel('Length', { exact: true });
  await length.fill('60');
  await button(teacher, 'Prepare this run').click();
  for (let time = 0; time < 2; time++) {
    await button(teacher, 'Start').click();
    await ada.getByText('Training starts in').waitFor();
    await button(teacher, 'Cancel').click();
    await ada.getByText('Training starts in').waitFor({ state: 'detached' });
    await ada.getByText('Your teacher will start the training.').waitFor();
  }
  await length.fill('30');
  await button(teacher, 'Show the changes to students').click();
  await button(teacher, 'Start').click();
  await ada.getByText('Training starts in').waitFor();
  await button(teacher, 'Next run').waitFor();
  await ada.getByText('step 30 of 30').waitFor();
  await expectHeadlessBits(room.url, room.code);
});

it('a student who reloads in a pause stands at the same step, and goes on with the others', async () => {
  const room = await classroom();
  const settings = { ...PLAN.settings, steps: 200 };
  const pace = { kind: 'paced', stepsPerSecond: 40 } as const;
  const teacher = await conductor(room, { settings, pace });
  const ada = await join(room.url, room.code, 'Ada');
  accepted(await teacher.ask('command', { command: 'start' }));
  await ada.getByText(/step \d\d of 200/).waitFor();
  accepted(await teacher.ask('command', { command: 'pause' }));
  await teacher.until(() => teacher.session?.phase === 'paused');
  const { clock } = teacher.session!.run!;
  if (clock?.kind !== 'paced') throw new Error('no paced clock');
  expect(clock.until).toBeLessThan(settings.steps);
  const halted = async () => {
    await ada.getByText(`step ${clock.until} of 200`).waitFor();
    await ada.getByText('Paused', { exact: true }).waitFor();
  };
  await halted();
  await ada.reload();
  await halted();
  accepted(await teacher.ask('command', { command: 'resume' }));
  await teacher.until(() => teacher.session?.phase === 'finished');
  await ada.getByText('step 200 of 200').waitFor();
  await expectHeadlessBits(room.url, room.code);
});

it('an instructor who reloads in the middle of a run is still in command of it', async () => {
  const room = await classroom();
  const teacher = await room.teacherPage();
  await join(room.url, room.code, 'Ada');
  await teacher.getByLabel('Length', { exact: true }).fill('5000');
  await button(teacher, 'Prepare this run').click();
  await button(teacher, 'Start').click();
  await button(teacher, 'Pause').waitFor();
  await teacher.reload();
  await button(teacher, 'Pause').click();
  await teacher.getByRole('heading', { name: 'Paused' }).waitFor();
  await teacher.reload();
  const until = () => {
    const { clock } = room.app.rooms.find(room.code)!.run!;
    return clock?.kind === 'paced' ? clock.until : null;
  };
  const halted = until()!;
  await button(teacher, '+1 step').click();
  await expect.poll(until).toBe(halted + 1);
  await button(teacher, 'Resume').click();
  await teacher.getByRole('heading', { name: 'Training' }).waitFor();
  await button(teacher, 'Stop').click();
  await teacher.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
  await button(teacher, 'Next run').click();
  await teacher.getByRole('heading', { name: 'Ready: 1 student' }).waitFor();
});

it('students train the learning rate that they picked: by the slider, or typed and rounded as shown', async () => {
  const room = await classroom();
  const teacher = await conductor(room, { rates: { kind: 'pick', from: 0.001, to: 1 } });
  const ada = await join(room.url, room.code, 'Ada');
  const alan = await join(room.url, room.code, 'Alan');
  const slider = ada.getByRole('slider', { name: 'Learning rate' });
  // One position of forty a decade to the left of the highest.
  await slider.press('End');
  await slider.press('ArrowLeft');
  expect(await slider.getAttribute('aria-valuetext')).toBe('0.944');
  await ada.getByText('Not taken yet').waitFor();
  await button(ada, 'Take this one').click();
  await ada.getByText('This is yours').waitFor();

  const typed = alan.getByLabel('Or type it');
  await typed.fill('7');
  await alan.getByText('Between 0.001 and 1.').waitFor();
  expect(await button(alan, 'Take this one').isDisabled()).toBe(true);
  await typed.fill('0.123456');
  await button(alan, 'Take this one').click();
  await alan.getByText('This is yours').waitFor();
  await expect.poll(() => typed.inputValue()).toBe('0.123');

  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'finished');
  expect(await expectHeadlessBits(room.url, room.code)).toEqual([0.944, 0.123]);
});

/**
 * Waits until the class, which is loaded behind the form, is there with all that it imports. That
 * the network is idle does not say so: a busy page may not have begun to ask.
 */
async function classLoaded(page: Page): Promise<void> {
  // As text: the test runner would make another import of it. Asked anew by the test, as a page that
  // waits for a function takes its promise for an answer.
  const isLoaded = () =>
    page.evaluate<boolean>(`(async () => {
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    const parts = ['Classroom', 'connection'].map((part) =>
      asked.filter((name) => name.endsWith('.js') && name.includes('/' + part)),
    );
    // Nor may the page still be looking for its class.
    const found = asked.some((name) => name.includes('/api/sessions/'));
    if (!found || parts.some((names) => names.length === 0)) return false;
    await Promise.all(parts.flat().map((name) => import(name)));
    return true;
  })()`);
  await expect.poll(isLoaded).toBe(true);
}

it('who joins while the server cannot be reached is told so in their language, and is in when it is back', async () => {
  const { url, code } = await classroom();
  const wifi = await network(url);
  const lost = { expected: /Failed to load resource|WebSocket/ };
  const english = await visit(`${wifi.url}/${code}`, lost);
  // A class that could not be looked up takes nobody's nickname away.
  const unknown = async (context: BrowserContext) => {
    await context.route('**/api/sessions/**', (route) => route.abort());
  };
  const french = await visit(`${wifi.url}/${code}`, { ...lost, locale: 'fr-FR', prepare: unknown });
  await english.getByLabel('Nickname').fill('Ada');
  await french.getByLabel('Pseudo').fill('Émilie');
  for (const page of [english, french]) await classLoaded(page);
  wifi.cut();
  await button(english, 'Join').click();
  await english.getByText('The server cannot be reached.').waitFor();
  await button(french, 'Rejoindre').click();
  await french.getByText('Le serveur ne répond pas.').waitFor();
  wifi.mend();
  await english.getByText('You are in, Ada!').waitFor();
  await french.getByText('Vous y êtes, Émilie').waitFor();

  // Who has a place is told the same while coming back to it.
  await english.route('**/socket.io/**', (route) => route.abort());
  await english.reload();
  await english.getByText('The server cannot be reached.').waitFor();
  await english.unrouteAll();
  await english.getByText('You are in, Ada!').waitFor();
});
