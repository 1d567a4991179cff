import { expect, it } from 'vitest';
import { linkOf } from '../../client/alone/aloneLink.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { chromium, useChromium, visit } from './chromium.ts';
import { mainThreadTasks } from './mainThread.ts';

useChromium();

/** Some hundred changes of places in a long list. */
const PLAN: RunPlan = {
  settings: {
    ...{ experiment: 'mnist', model: 'softmax', seed: 1, steps: 240, init: { kind: 'zeros' } },
    ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
  },
  pace: { kind: 'paced', stepsPerSecond: 60 },
  rates: { kind: 'spread', from: 0.0003, to: 30 },
};

it('no page is blocked for more than 50 ms while a class of 30 trains', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const student = await visit(`${url}/${code}`, { viewport: { width: 390, height: 844 } });
  await student.getByLabel('Nickname').fill('Ada');
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  await student.getByText('You are in').waitFor();
  await visit(`${url}/teach/${code}#${secret}`);
  await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  accepted(await teacher.ask('rehearse', { students: 29 }));
  accepted(await teacher.ask('prepare', PLAN));
  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'running');
  const tasks = await mainThreadTasks(chromium(), () =>
    teacher.until(() => teacher.session?.phase === 'finished'),
  );
  expect(tasks.length).toBeGreaterThan(240);
  expect(tasks[0]).toBeLessThan(50);
});

it('nor is that of somebody alone while eight models train in it as fast as they can', async () => {
  const { url } = await startServer({ built: true });
  const { settings } = PLAN;
  const rates = { kind: 'list' as const, rates: [0.0003, 0.002, 0.01, 0.05, 0.3, 1, 5, 30] };
  const link = linkOf({ settings, pace: { kind: 'race' }, rates });
  const page = await visit(`${url}/alone#${link}`);
  const tasks = await mainThreadTasks(chromium(), async () => {
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'Finished' }).waitFor();
  });
  expect(tasks.length).toBeGreaterThan(50);
  expect(tasks[0]).toBeLessThan(50);
});
