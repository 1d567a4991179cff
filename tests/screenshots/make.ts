import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import { ServerProcess } from '../bench/class/server.ts';
import { launchChromium } from '../launchChromium.ts';
import { Teacher } from '../teacher.ts';

/**
 * npm run screenshots
 *
 * Makes the README's pictures anew: the built server, one student in a browser and 29 simulated ones
 * train the digits and then the straight line, and the three pages are taken when each has ended.
 */
const FOLDER = path.resolve('tests/screenshots');
const SIMULATED = 29;
/** The upper part of the student's page, which is long. */
const PHONE = { width: 390, height: 1_240 };

const PACED = { kind: 'paced', stepsPerSecond: 30 } as const;
const DIGITS: RunPlan = {
  settings: {
    ...{ experiment: 'mnist', model: 'softmax', seed: 1, steps: 315, init: { kind: 'zeros' } },
    ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
  },
  pace: PACED,
  rates: { kind: 'spread', from: 0.0003, to: 30 },
};
const LINE: RunPlan = {
  settings: {
    ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 200 },
    init: { kind: 'values', w: 1, b: 1.7 },
  },
  pace: PACED,
  rates: { kind: 'spread', from: 0.01, to: 1.6 },
};

async function open(
  browser: Browser,
  address: string,
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', colorScheme: 'light', viewport });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  // Charts draw at most once in a frame, and lists come to rest.
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  process.stdout.write(`tests/screenshots/${name}.png\n`);
}

const browser = await launchChromium();
const server = await ServerProcess.start();
const teacher = new Teacher(server.url);
try {
  const made = await fetch(`${server.url}/api/sessions`, { method: 'POST' });
  const { code, secret } = (await made.json()) as { code: string; secret: string };
  await teacher.ask('instruct', { version: PROTOCOL_VERSION, code, secret });
  const [desk, wall, phone] = await Promise.all([
    open(browser, `${server.url}/teach/${code}#${secret}`, { width: 1_280, height: 800 }),
    open(browser, `${server.url}/show/${code}`, { width: 1_920, height: 1_080 }),
    open(browser, `${server.url}/${code}`, PHONE),
  ]);
  await teacher.ask('rehearse', { students: SIMULATED });
  await phone.getByLabel('Nickname').fill('Ida');
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await phone.getByText('You are in').waitFor();

  await teacher.run(DIGITS);
  await desk.getByText(`The server has recomputed all ${SIMULATED + 1} runs`).waitFor();
  await phone.getByText('The server has recomputed your run').waitFor();
  await take(desk, 'instructor');
  await take(phone, 'student');

  await teacher.ask('command', { command: 'next' });
  await teacher.run(LINE);
  await wall.getByRole('img', { name: `${SIMULATED + 1} balls` }).waitFor();
  await take(wall, 'projector');
} finally {
  teacher.leave();
  await browser.close();
  await server.stop();
}
