import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect, type TestClient } from '../integration/client.ts';
import { createSession, startServer, temporaryFolder } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const PHONE = { width: 390, height: 844 };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Steps of digits that take a moment; the highest rate is too high. */
const digits = (model: 'softmax' | 'mlp'): RunPlan => ({
  settings: {
    ...{ experiment: 'mnist', model, images: 2_000, batchSize: 32, order: 'shuffle' },
    ...{ seed: 1, steps: 21, init: { kind: 'seed' } },
  },
  pace: { kind: 'race' },
  rates: { kind: 'list', rates: [0.01, 0.5, 1_000] },
});

/** Runs it while something else is looked at. */
async function run(teacher: TestClient, plan: RunPlan, meanwhile: () => Promise<void>) {
  accepted(await teacher.ask('prepare', plan));
  accepted(await teacher.ask('command', { command: 'start' }));
  await meanwhile();
  await teacher.until(() => teacher.session?.phase === 'finished');
}

it('axe finds nothing on what runs leave behind, on the remote and alone', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('rehearse', { students: 3 }));

  await run(teacher, digits('softmax'), async () => {
    const alone = await visit(`${url}/alone`);
    await alone.getByText('Full speed', { exact: true }).click();
    await alone.getByLabel('Learning rates').fill('0.01; 0.5; 3');
    await expectAccessible(alone, 'alone, choosing');
    await button(alone, 'Start').click();
    await alone.getByRole('heading', { name: 'Finished' }).waitFor();
    await expectAccessible(alone, 'alone, finished');
    await alone.close();
  });
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  await desk.getByRole('tab', { name: 'Class brain' }).click();
  await desk.getByText('Made of 3 models.').waitFor();
  await expectAccessible(desk, 'instructor, the class brain of softmax models');

  const remote = await visit(`${url}/teach/${code}#${secret}`, { viewport: PHONE });
  await button(remote, 'Next run').waitFor();
  await expectAccessible(remote, 'remote, finished');
  await button(remote, 'Next run').click();
  await remote.getByRole('heading', { name: 'Ready: 3 students in the room' }).waitFor();
  await expectAccessible(remote, 'remote, ready');
  await run(teacher, digits('mlp'), async () => {
    await desk.keyboard.press('?');
    await desk.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await expectAccessible(desk, 'the list of keys');
    await desk.keyboard.press('Escape');
    await button(desk, 'Phone remote').click();
    await desk.getByRole('dialog').getByRole('img').waitFor();
    await expectAccessible(desk, 'the link for the remote');
    await desk.keyboard.press('Escape');
  });
  const wall = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  await wall.getByText(/of the 128 hidden neurons fires|of 128 hidden neurons never/).waitFor();
  await expectAccessible(wall, 'projector, hidden neurons');
  await wall.getByRole('radio', { name: 'Class brain' }).click();
  await wall.getByText('Made of 3 models.').waitFor();
  await expectAccessible(wall, 'projector, the class brain of networks with a hidden layer');

  await button(desk, 'Runs').click();
  const latest = desk.getByRole('listitem').filter({ hasText: 'Run 2' });
  await latest.waitFor();
  await expectAccessible(desk, 'all runs');
  const saved = desk.waitForEvent('download');
  await button(desk, 'Report').first().click();
  const file = path.join(temporaryFolder(), 'report.html');
  await (await saved).saveAs(file);
  await expectAccessible(await visit(pathToFileURL(file).href), 'report');
  await latest.getByRole('button', { name: 'Replay' }).click();
  await desk.getByText(/every point is the recorded one/).waitFor();
  await desk.getByLabel('Lay under it').selectOption('1');
  await desk.getByLabel('Steps done').fill('10');
  await desk.getByRole('dialog').getByText('Everybody ranked at step 10').first().waitFor();
  await expectAccessible(desk, 'a replay with another run laid under it');
});
