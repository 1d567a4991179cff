import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import type { RunResult } from '../../shared/protocol/results.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { Perceptron } from '../../shared/model/perceptron.ts';
import { readSavedModel } from '../../server/cli/readSavedModel.ts';
import { accepted, connect, PLAN } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { Teacher } from '../teacher.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

it('a run is compared with none of another task, and its results on the test data come back', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = new Teacher(url);
  onTestFinished(() => teacher.leave());
  await teacher.ask('instruct', { version: PROTOCOL_VERSION, code, secret });
  await teacher.ask('rehearse', { students: 3 });
  const toy: RunPlan = {
    settings: {
      ...{ experiment: 'toy', model: 'mlp', seed: 1, steps: 60, init: { kind: 'seed' } },
      ...{ batchSize: 32, order: 'shuffle', shape: 'moons', points: 200, hidden: 8 },
      activation: 'tanh',
    },
    pace: { kind: 'race' },
    rates: { kind: 'list', rates: [0.01, 0.1, 1] },
  };
  for (const [k, plan] of [PLAN, toy, toy].entries()) {
    if (k > 0) await teacher.ask('command', { command: 'next' });
    await teacher.run(plan);
  }
  const page = await visit(`${url}/teach/${code}#${secret}`);
  const runs = page.getByRole('button', { name: 'Runs', exact: true });
  await runs.click();
  const line = page.getByRole('listitem').filter({ hasText: 'A straight line' });
  await line.getByText('Not to be laid under the present run').waitFor();
  expect(await line.getByRole('button').allInnerTexts()).toEqual(['Replay', 'Report']);
  const earlier = page.getByRole('listitem').filter({ hasText: 'Run 2' });
  await earlier.getByRole('button', { name: 'Lay under the chart' }).click();
  await earlier.getByRole('button', { name: 'Take it away again' }).waitFor();

  // The present run's own replay, where nobody's part has been recorded but by the server.
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Run 3' })
    .getByRole('button', { name: 'Replay' })
    .click();
  await page.getByText(/every point is the recorded one, to the last bit/).waitFor();
  const results = await fetch(`${url}/api/sessions/${code}/results.json?run=3`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  const [recorded] = ((await results.json()) as { runs: RunResult[] }).runs;
  const { name, evaluations } = recorded!.participants.find(({ rate }) => rate === 0.1)!;
  const dialog = page.getByRole('dialog');
  const row = dialog.getByRole('row', { name: new RegExp(`${name} Learning rate 0.1 `) });
  const [first, , last] = [evaluations[0]!, evaluations[1]!, evaluations.at(-1)!];
  expect(first.accuracy).not.toBe(last.accuracy);
  for (const { steps, accuracy } of [last, first]) {
    await dialog.getByLabel('Steps done').fill(String(steps));
    await row.getByText(`${(100 * accuracy).toFixed(1)}%`).waitFor();
  }
  await dialog.getByLabel('Steps done').fill(String(first.steps - 1));
  await row.getByRole('cell', { name: '–' }).waitFor();

  // What is laid under the chart is said where it can be changed.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  const under = page.getByLabel('under it');
  expect(await under.locator('option:checked').innerText()).toBe('run 2 · moons');
  expect(await under.locator('option').allInnerTexts()).not.toContain('run 1');
  await under.selectOption('no earlier run');
  await runs.click();
  await earlier.getByRole('button', { name: 'Lay under the chart' }).waitFor();
});

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
  const student = await visit(`${url}/${code}`, { expected: /Failed to load resource/ });
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

  const take = async (name: string) => {
    const taken = student.waitForEvent('download');
    await student.getByRole('button', { name, exact: true }).click();
    return readFileSync(await (await taken).path(), 'utf8');
  };
  const home = await take('Take my model home');
  const read = readSavedModel(home);
  expect(read).toMatchObject({ model: { step: 40, learningRate: 0.01, divergedAt: null } });
  expect(read).toMatchObject({ model: { losses: { length: 40 } } });

  // The next run does not take it away, neither while it is waited for nor while it goes on.
  accepted(await teacher.ask('command', { command: 'next' }));
  const paced = { ...plan, pace: { kind: 'paced', stepsPerSecond: 1 } };
  accepted(await teacher.ask('prepare', paced));
  await student.getByText('You are in, Ada!').waitFor();
  expect(await take('Take my model of run 1 home')).toBe(home);
  // A reload forgets the model and not the run: it is computed again, to the same bytes.
  await student.reload();
  expect(await take('Take my model of run 1 home')).toBe(home);
  accepted(await teacher.ask('command', { command: 'start' }));
  await student.getByText(/step [1-9]\d* of 40/).waitFor();
  await student.reload();
  await student.getByText(/step [1-9]\d* of 40/).waitFor();
  expect(await take('Take my model of run 1 home')).toBe(home);

  // Nor does the end of the class: what is kept then is the run that it broke off.
  accepted(await teacher.ask('end', {}));
  await student.getByText('This class is over.').waitFor();
  const last = await take('Take my model of run 2 home');
  const kept = readSavedModel(last);
  if (!('model' in kept)) throw new Error(kept.wrong);
  const { step, losses, parameters } = kept.model;
  expect(losses).toHaveLength(step);
  const again = Perceptron.start(plan.settings.init, plan.settings.seed);
  for (let k = 0; k < step; k++) again.trainStep(WORKSHOP, 0.01);
  expect(parameters).toEqual([[again.w, again.b]]);
  await student.reload();
  await student.getByText('No class has this code').waitFor();
  expect(await take('Take my model of run 2 home')).toBe(last);
  const { experiment } = plan.settings;
  await student.evaluate((name) => {
    const key = 'build-a-brain:runs';
    localStorage.setItem(key, localStorage.getItem(key)!.replaceAll(name, 'of another version'));
  }, experiment);
  await student.reload();
  await student.getByText('No class has this code').waitFor();
  expect(await student.getByRole('button', { name: /home/ }).allInnerTexts()).toEqual([
    'To the home page',
  ]);
});
