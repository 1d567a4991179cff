import { expect, it } from 'vitest';
import type { ParticipantView, RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';
import { expectSameBits, observe } from './headless.ts';
import { network } from '../proxy.ts';

useChromium();

/** About 26 s at its pace: longer than the network is away. */
const PLAN: RunPlan = {
  settings: {
    experiment: 'mnist',
    model: 'softmax',
    seed: 1,
    steps: 315,
    init: { kind: 'zeros' },
    images: 2_000,
    batchSize: 32,
    order: 'shuffle',
  },
  pace: { kind: 'paced', stepsPerSecond: 12 },
  rates: { kind: 'list', rates: [0.1, 0.2] },
};

/** Step of the class at which the network is back: after 20 seconds. */
const BACK_AT = 240;

it('a network cut in the middle of the images, for 20 seconds, costs a student nothing', async () => {
  const server = await startServer({ built: true });
  const { code, secret } = await createSession(server.url);
  const wifi = await network(server.url);
  const teacher = await connect(server.url);
  const { participants } = accepted(await teacher.instruct(code, secret));
  const known = new Map<number, ParticipantView>(participants.map((each) => [each.index, each]));
  teacher.socket.on('roster', (changed) => changed.forEach((each) => known.set(each.index, each)));

  const pages = [];
  for (const [url, name] of [
    [wifi.url, 'Radia'],
    [server.url, 'Barbara'],
  ] as const) {
    const page = await visit(`${url}/${code}`, {
      viewport: { width: 390, height: 844 },
      expected: /Failed to load resource|WebSocket/,
    });
    await page.getByLabel('Nickname').fill(name);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText('You are in').waitFor();
    pages.push(page);
  }
  const [lost] = pages as [(typeof pages)[0]];

  accepted(await teacher.ask('prepare', PLAN));
  const isCut = wifi.cutAfter(120_000);
  accepted(await teacher.ask('command', { command: 'start' }));
  await isCut;
  await lost.getByText('No connection').waitFor();
  await lost.getByText('Waiting for the images').waitFor();
  await teacher.until(() => teacher.losses(1).length >= BACK_AT);
  await lost.getByText('Waiting for the images').waitFor();
  expect(await lost.getByText('Reload').count()).toBe(0);
  wifi.mend();
  await teacher.until(() => [...known.values()].every(({ status }) => status.state === 'done'));
  expect(teacher.losses(0)).toHaveLength(PLAN.settings.steps);
  const { welcome, frame } = await observe(server.url, code);
  await expectSameBits(PLAN, welcome.participants, frame);
});
