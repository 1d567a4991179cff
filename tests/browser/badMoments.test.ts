import type { BrowserContext, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { TIMING } from '../../shared/limits.ts';
import { accepted, connect, PLAN, start } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit, type Visit } from './chromium.ts';

useChromium();

const PHONE = { width: 390, height: 844 };

async function classroom() {
  const server = await startServer({ built: true });
  const session = await createSession(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(session.code, session.secret));
  const join = async (name: string, options: Visit = {}): Promise<Page> => {
    const page = await visit(`${server.url}/${session.code}`, { viewport: PHONE, ...options });
    await page.getByLabel(/Nickname|Pseudo/).fill(name);
    await page.getByRole('button', { name: /^(Join|Rejoindre)$/ }).click();
    await page.getByText(name).first().waitFor();
    return page;
  };
  return { ...server, ...session, teacher, join };
}

/** A device that trains at a part of the pace that the class's clock asks for. */
const slowBy = (factor: number) => async (context: BrowserContext) => {
  await context.addInitScript((part: number) => {
    globalThis.Worker = class extends Worker {
      override postMessage(message: { type: string; clock?: { stepsPerSecond: number } }): void {
        const { clock } = message;
        const slowed = clock && { ...clock, stepsPerSecond: clock.stepsPerSecond / part };
        super.postMessage(slowed ? { ...message, clock: slowed } : message);
      }
    };
  }, factor);
};

/** A browser whose workers lack WebAssembly. */
async function withoutWebAssembly(context: BrowserContext): Promise<void> {
  await context.route('**/assets/worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: `delete globalThis.WebAssembly; ${await response.text()}`,
    });
  });
}

it('a device that is too slow is told so, and that nothing is lost; so is who reads over its shoulder', async () => {
  const { teacher, time, join, url, code, secret } = await classroom();
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  const slow = await join('Ada', { prepare: slowBy(20) });
  const settings = { ...PLAN.settings, steps: 2_000 };
  const pace = { kind: 'paced', stepsPerSecond: 40 };
  accepted(await teacher.ask('prepare', { ...PLAN, settings, pace }));
  await start(teacher, time);
  await slow
    .getByRole('status')
    .filter({ hasText: /behind the class.*nothing is lost/ })
    .waitFor();
  await desk.getByText(/Ada \(\d+\)/).waitFor();
  await expectAccessible(slow, 'a slow device');
});

it('[P35] a class whose instructor is gone is told so, and no longer when one is back', async () => {
  const { app, teacher, time, join, url, code, secret } = await classroom();
  const wall = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  const phone = await join('Zoé', { locale: 'fr-FR' });
  const settings = { ...PLAN.settings, steps: 4_000 };
  const pace = { kind: 'paced', stepsPerSecond: 20 };
  accepted(await teacher.ask('prepare', { ...PLAN, settings, pace }));
  await start(teacher, time);
  teacher.socket.disconnect();
  // The server has to have noticed, or it would begin to count after the time has passed.
  await expect.poll(() => app.rooms.find(code)?.screens.size).toBe(1);
  time.pass(TIMING.unattended);
  await phone.getByText(/L’entraînement continue tout seul/).waitFor();
  await wall.getByText(/The run goes on by itself, and nothing is lost/).waitFor();
  await expectAccessible(phone, 'student, instructor gone');
  await expectAccessible(wall, 'projector, instructor gone');
  const again = await connect(url);
  accepted(await again.instruct(code, secret));
  await phone.getByText(/du professeur/).waitFor({ state: 'detached' });
  await wall.getByText(/The run goes on by itself/).waitFor({ state: 'detached' });
  accepted(await again.ask('command', { command: 'stop' }));
});

it('a student whose chart cannot be loaded trains on, and has it when the page is loaded anew', async () => {
  const { teacher, time, join } = await classroom();
  const page = await join('Ada', { expected: /ERR_INTERNET_DISCONNECTED|dynamically imported/ });
  const chart = '**/assets/LossChart*.js';
  await page.route(chart, (route) => route.abort('internetdisconnected'));
  accepted(await teacher.ask('prepare', PLAN));
  await start(teacher, time);
  await page.getByText('The chart could not be loaded. Your model trains on').waitFor();
  await teacher.until(() => teacher.session?.phase === 'finished');
  await page.unroute(chart);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('figure', { name: 'Everybody’s loss' }).waitFor();
});

it('a browser without WebAssembly trains all the same, and says why it is slow', async () => {
  const { teacher, time, join } = await classroom();
  const page = await join('Zoé', { locale: 'fr-FR', prepare: withoutWebAssembly });
  const settings = {
    ...{ experiment: 'toy', model: 'mlp', seed: 1, steps: 300, init: { kind: 'seed' } },
    ...{ shape: 'moons', points: 200, hidden: 8, activation: 'relu' },
    ...{ batchSize: 32, order: 'shuffle' },
  };
  accepted(
    await teacher.ask('prepare', {
      ...{ settings, pace: { kind: 'paced', stepsPerSecond: 40 } },
      rates: { kind: 'list', rates: [0.3] },
    }),
  );
  await start(teacher, time);
  await page.getByRole('status').filter({ hasText: 'sans WebAssembly' }).waitFor();
  await page.getByText(/pas [1-9]\d* sur 300/).waitFor();
  accepted(await teacher.ask('command', { command: 'stop' }));
});

it('a browser that cannot run the page reads in both languages what it takes', async () => {
  const { url } = await startServer({ built: true });
  const page = await visit(url, { scripts: false });
  await page.getByRole('heading', { name: 'needs a newer browser' }).waitFor({ timeout: 15_000 });
  await page.getByRole('heading', { name: 'demande un navigateur plus récent' }).waitFor();
});

it('on paper a result is black on white, with every row and no button', async () => {
  const { teacher, time, url, code, secret } = await classroom();
  accepted(await teacher.ask('rehearse', { students: 12 }));
  accepted(await teacher.ask('prepare', { ...PLAN, rates: { kind: 'spread', from: 0.01, to: 3 } }));
  await start(teacher, time);
  await teacher.until(() => teacher.session?.phase === 'finished');
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  const rows = desk.locator('div.board tbody tr');
  await rows.nth(11).waitFor();
  await desk.emulateMedia({ media: 'print', colorScheme: 'dark' });
  // What a sheet of paper is wide.
  await desk.setViewportSize({ width: 794, height: 1123 });
  await desk.getByRole('button', { name: 'Next run' }).waitFor({ state: 'hidden' });
  const { ground, ink } = await desk.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return { ground: style.backgroundColor, ink: style.color };
  });
  expect([ground, ink]).toEqual(['rgb(255, 255, 255)', 'rgb(27, 33, 48)']);
  // The list is whole: nothing of it waits to be scrolled to, and its states have words.
  const { height, content } = await desk
    .locator('div.board')
    .evaluate(({ clientHeight, scrollHeight }) => ({
      height: clientHeight,
      content: scrollHeight,
    }));
  expect(content).toBeLessThanOrEqual(height + 1);
  await desk.locator('div.board').getByText('diverged').first().waitFor();
  expect(await rows.count()).toBe(12);
  await desk.getByRole('figure', { name: 'Loss against learning rate' }).waitFor();

  // Without colour a curve is known by the learning rate at its end, whichever way it is printed.
  const names = desk.locator('svg.printed text.name');
  const written = await names.allTextContents();
  const rates = await desk.locator('div.board tbody td:nth-child(3)').allInnerTexts();
  expect(rates).toHaveLength(12);
  expect(written.toSorted()).toEqual(rates.map((rate) => rate.replace(/^\D+/, '')).toSorted());
  await desk.setViewportSize({ width: 1280, height: 800 });
  await desk.emulateMedia({ media: null, colorScheme: 'light' });
  await names.first().waitFor({ state: 'detached' });
  await desk.evaluate(() => {
    const paper = matchMedia('print');
    const count = () => document.querySelectorAll('svg.printed text.name').length;
    // A row on its way to another place, as long as printing can take.
    const row = document.querySelector('div.board tbody tr')!;
    for (const animation of row.getAnimations()) animation.finish();
    const home = row.getBoundingClientRect().top;
    row.animate([{ transform: 'translateY(90px)' }, { transform: 'none' }], 60_000);
    const isAway = row.getBoundingClientRect().top > home + 45;
    const note = () => {
      if (!paper.matches) return;
      const isHome = row.getAnimations().length === 0;
      document.title = `${count()} names, away ${isAway}, home ${isHome}`;
    };
    paper.addEventListener('change', note);
  });
  await desk.pdf();
  expect(await desk.title()).toBe(`${written.length} names, away true, home true`);

  // The wall is one sheet across, with all of its panels on it.
  const wall = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  await wall.locator('div.board tbody tr').nth(4).waitFor();
  await wall.emulateMedia({ media: 'print' });
  await wall.setViewportSize({ width: 1123, height: 794 });
  await wall.locator('svg.printed text.name').first().waitFor();
  await wall.getByText('and 7 more').waitFor();
  const panels = await wall.locator('main section').all();
  expect(panels).toHaveLength(4);
  for (const panel of panels) {
    const { y, height } = (await panel.boundingBox())!;
    expect([y + height <= 794, height > 200]).toEqual([true, true]);
  }
});
