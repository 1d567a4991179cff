import type { Page } from 'playwright-core';
import { it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { evaluationSteps } from '../../shared/run/settings.ts';
import { accepted, connect, PLAN, type TestClient } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';
import { expectSameBits, observe } from './headless.ts';

useChromium();

/** A class of one student's page, which a teacher conducts without a page. */
async function classOfOne(
  plan: RunPlan,
  prepared: (page: Page) => Promise<unknown> = async () => {},
): Promise<{ url: string; code: string; page: Page; teacher: TestClient }> {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('prepare', plan));
  const page = await visit('about:blank');
  await prepared(page);
  await page.goto(`${url}/${code}`);
  await page.getByLabel('Nickname').fill('Ada');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page
    .getByText(/You are in, /)
    .first()
    .waitFor();
  accepted(await teacher.ask('command', { command: 'start' }));
  return { url, code, page, teacher };
}

async function expectHeadlessBits(url: string, code: string, teacher: TestClient): Promise<void> {
  await teacher.until(() => teacher.session?.phase === 'finished');
  // The last evaluation may take longer than the last loss.
  const { settings } = teacher.session!.run!;
  const evaluations = evaluationSteps(settings).length;
  const reported = () =>
    teacher.frames.flatMap((frame) => frame.evaluations.map((c) => c.from + c.values.length / 2));
  await teacher.until(() => Math.max(0, ...reported()) === evaluations);
  const { welcome, frame } = await observe(url, code);
  await expectSameBits(welcome.session.run!, welcome.participants, frame);
}

it('a worker that dies in the middle of a run is replaced, and the curve is the same', async () => {
  const settings = { ...PLAN.settings, steps: 240 };
  const pace = { kind: 'paced', stepsPerSecond: 40 } as const;
  const { url, code, page, teacher } = await classOfOne({ ...PLAN, settings, pace });
  await page
    .getByText(/step \d\d+ of 240/)
    .first()
    .waitFor();
  await page.workers()[0]!.evaluate(() => self.close());
  await expectHeadlessBits(url, code, teacher);
});

it('a browser that cannot run the kernels trains with the readable code, to the same bits', async () => {
  const { url, code, teacher } = await classOfOne(
    {
      pace: { kind: 'race' },
      rates: { kind: 'list', rates: [0.1] },
      settings: {
        experiment: 'toy',
        model: 'mlp',
        seed: 5,
        steps: 300,
        init: { kind: 'seed' },
        shape: 'moons',
        points: 100,
        hidden: 8,
        activation: 'sigmoid',
        batchSize: 10,
        order: 'shuffle',
      },
    },
    // Bytes that are no WebAssembly are what a browser without SIMD makes of the kernels.
    (page) => page.context().route('**/*.wasm', (route) => route.fulfill({ body: 'no kernels' })),
  );
  await expectHeadlessBits(url, code, teacher);
});

it('a perceptron, which needs no kernels, does not wait for them', async () => {
  const settings = { ...PLAN.settings, steps: 30 };
  const { url, code, teacher } = await classOfOne({ ...PLAN, settings }, (page) =>
    page.context().route('**/*.wasm', () => {
      // Asked, and never answered.
    }),
  );
  await expectHeadlessBits(url, code, teacher);
});

it.each(['mlp', 'convnet'] as const)(
  'a page trains the %s with the bits of Node',
  async (model) => {
    const { url, code, teacher } = await classOfOne({
      pace: { kind: 'race' },
      rates: { kind: 'list', rates: [0.05] },
      settings: {
        experiment: 'mnist',
        model,
        seed: 5,
        steps: 12,
        init: { kind: 'seed' },
        images: 2_000,
        batchSize: 16,
        order: 'shuffle',
      },
    });
    await expectHeadlessBits(url, code, teacher);
  },
);
