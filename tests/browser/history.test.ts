import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { Perceptron } from '../../shared/model/perceptron.ts';
import { readSavedModel } from '../../server/cli/readSavedModel.ts';
import { accepted, connect, PLAN } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

it('a run is replayed at any step, reported on one page, and a model taken home', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const plan: RunPlan = {
    settings: { ...PLAN.settings, steps: 40 },
    pace: { kind: 'race' },
    rates: { kind: 'list', rates: [0.01, 0.5, 1, 2] },
  };
  accepted(await teacher.ask('prepare', plan));
  const student = await visit(`${url}/${code}`);
  await student.getByLabel('Nickname').fill('Ada');
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  await student.getByText('You are in, Ada!').waitFor();
  accepted(await teacher.ask('rehearse', { students: 3 }));
  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'finished');

  const page = await visit(`${url}/teach/${code}#${secret}`);
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  const report = readFileSync(await (await saved).path(), 'utf8');
  expect(report).toMatch(/^<!doctype html>/);
  expect(report).toContain('Ada');
  expect(report).not.toMatch(/https?:|<script/);
  expect(report).toContain('Made of 4 models.');

  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByText(/every point is the recorded one, to the last bit/).waitFor();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Everybody ranked at step 40').waitFor();
  await dialog.getByLabel('Steps done').fill('7');
  await dialog.getByText(/^Everybody ranked at step 7(?!\d)/).waitFor();

  // The landscape follows the scrubber, backwards too: at step 7 nobody has left yet.
  const scrubber = dialog.getByLabel('Steps done');
  const landscape = (balls: RegExp) => dialog.getByRole('img', { name: balls }).waitFor();
  await landscape(/4 balls: \d at the bottom, 0 diverged/);
  await scrubber.press('End');
  await landscape(/4 balls: \d at the bottom, 1 diverged/);
  await scrubber.press('Home');
  await landscape(/4 balls: 0 at the bottom, 0 diverged/);
  await scrubber.fill('7');
  await dialog
    .getByRole('radiogroup', { name: 'How the landscape is shown' })
    .getByRole('radio', { name: 'Table' })
    .click();
  const { init, seed } = PLAN.settings;
  const model = Perceptron.start(init, seed);
  for (let k = 0; k < 7; k++) model.trainStep(WORKSHOP, 0.01);
  const row = dialog.getByRole('row', { name: /^Ada / }).filter({ hasText: model.b.toFixed(3) });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([
    ...['0.01', '7', model.w.toFixed(3).replace('-', '−'), model.b.toFixed(3)],
    expect.any(String),
  ]);

  // The report's class brain is the one that the page shows.
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Class brain' }).click();
  expect(report).toContain(await page.getByText(/^average: ŷ = /).innerText());

  const taken = student.waitForEvent('download');
  await student.getByRole('button', { name: 'Take my model home' }).click();
  const read = readSavedModel(readFileSync(await (await taken).path(), 'utf8'));
  expect(read).toMatchObject({ model: { step: 40, learningRate: 0.01, divergedAt: null } });
});
