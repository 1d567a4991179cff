import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { evaluationSteps } from '../../shared/run/settings.ts';
import { useChromium, visit } from '../browser/chromium.ts';
import { expectSameBits, observe } from '../browser/headless.ts';
import { accepted, connect } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';

useChromium();

/** Three epochs on all images, as fast as everybody can. */
const PLAN: RunPlan = {
  settings: {
    experiment: 'mnist',
    model: 'softmax',
    seed: 1,
    steps: 5_625,
    init: { kind: 'zeros' },
    images: 60_000,
    batchSize: 32,
    order: 'shuffle',
  },
  pace: { kind: 'race' },
  rates: { kind: 'spread', from: 0.0001, to: 10 },
};
const SIMULATED = 29;

it('a class of 30 races through MNIST; a browser and Node end with the same bits', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('rehearse', { students: SIMULATED }));
  accepted(await teacher.ask('prepare', PLAN));
  const page = await visit(`${url}/${code}`);
  await page.getByLabel('Nickname').fill('Ada');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page
    .getByText(/You are in, /)
    .first()
    .waitFor();

  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'running');
  const begun = performance.now();
  await teacher.until(() => teacher.session?.phase === 'finished');
  const seconds = (performance.now() - begun) / 1_000;
  const ends = new Map<number, number>();
  const collect = () => {
    for (const { evaluations } of teacher.frames) {
      for (const { participant, from, values } of evaluations) {
        ends.set(participant, Math.max(ends.get(participant) ?? 0, from + values.length / 2));
      }
    }
    return [...ends.values()].every((end) => end === evaluationSteps(PLAN.settings).length);
  };
  await teacher.until(collect);
  process.stdout.write(`30 students, ${PLAN.settings.steps} steps each: ${seconds.toFixed(1)} s\n`);

  const { welcome, frame } = await observe(url, code);
  expect(welcome.participants.length).toBe(SIMULATED + 1);
  await expectSameBits(welcome.session.run!, welcome.participants, frame);
});
