import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect, PLAN } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';
import { device, sleep, trained, trainedAt } from './device.ts';
import { expectSameBits, observe } from './headless.ts';

useChromium();

const MINUTE = 60_000;
/** One device is right; of the others not even page and worker agree. */
const DEVICES = [
  { page: 0, worker: 0 },
  { page: 10 * MINUTE, worker: 10 * MINUTE + 3_000 },
  { page: -10 * MINUTE, worker: -10 * MINUTE },
];

const PACE = 40;
/** Each step is a window, and each window a message of the worker. */
const WORKSHOP: RunPlan = {
  ...PLAN,
  settings: { ...PLAN.settings, steps: 600 },
  pace: { kind: 'paced', stepsPerSecond: PACE },
  rates: { kind: 'spread', from: 0.001, to: 0.1 },
};

it('[P23] [P24] [P33] three browsers whose clocks are 10 minutes apart start, pause, step and resume together', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('prepare', WORKSHOP));
  const pages: Page[] = [];
  for (const [k, clocks] of DEVICES.entries()) {
    const page = await visit(`${url}/${code}`, { prepare: device(clocks) });
    await page.getByLabel('Nickname').fill(`Student ${k}`);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/You are in, /).waitFor();
    pages.push(page);
  }
  const command = async (asked: string) =>
    accepted(await teacher.ask('command', { command: asked }));
  const spreads: number[] = [];
  const measure = async (window: number) => {
    const times = await trainedAt(pages, window);
    spreads.push(Math.max(...times) - Math.min(...times));
  };

  await command('start');
  await measure(0);
  for (let k = 1; k <= 4; k++) {
    await trainedAt(pages, 30 * k);
    await command('pause');
    await teacher.until(() => teacher.session?.phase === 'paused');
    const { clock } = teacher.session!.run!;
    if (clock?.kind !== 'paced') throw new Error('no pace');
    const halt = clock.until;
    await trainedAt(pages, halt - 1);
    await command('step');
    await trainedAt(pages, halt);
    expect(await Promise.all(pages.map(trained))).toEqual([halt + 1, halt + 1, halt + 1]);
    await command('resume');
    await measure(halt + 1);
  }
  process.stdout.write(
    `first steps of three browsers after start and resume: ` +
      `${spreads.map((ms) => ms.toFixed(1)).join(', ')} ms apart\n`,
  );
  // The machine may hold one of them up once; a clock that is wrong would be so each time.
  const [, , median] = [...spreads].sort((a, b) => a - b);
  expect(median).toBeLessThan(50);

  const asleep = pages[2]!;
  // A device that slept for five seconds is level long before the next regular measurement.
  await sleep(asleep, 5_000);
  const woken = await trained(asleep);
  await expect.poll(() => trained(asleep), { timeout: 5_000 }).toBeGreaterThan(woken + PACE);
  await teacher.until(() => teacher.session?.phase === 'finished');
  const { welcome, frame } = await observe(url, code);
  await expectSameBits(welcome.session.run!, welcome.participants, frame);
});
