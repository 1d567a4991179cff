import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { FORMAT } from '../../shared/run/savedModel.ts';
import { startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const DIGITS =
  'experiment=mnist&model=softmax&order=shuffle&seed=1&steps=126&images=2000&batchSize=32' +
  '&start=zeros&pace=race&rates=0.001,0.1,30';

const button = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true });

/** The text of the file that `press` has the page save. */
async function saved(page: Page, press: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
}

it('somebody alone guesses, draws, looks at mistakes and the class brain, replays and takes it home', async () => {
  const { url } = await startServer({ built: true });
  const page = await visit(`${url}/alone#${DIGITS}`);
  await button(page, 'Guess first').click();
  const guess = (rate: string, word: string) =>
    page
      .getByRole('radiogroup', { name: `Learning rate ${rate} will be` })
      .getByRole('radio', { name: word, exact: true })
      .click();
  await guess('0.001', 'too low');
  await guess('0.1', 'good');
  await page.getByText('2 of 3 guessed').waitFor();
  await expectAccessible(page, 'alone, guessing');
  await button(page, 'Start').click();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();

  const guesses = page.getByRole('region', { name: 'Your guesses' });
  await expect.poll(() => guesses.getByRole('row').allInnerTexts()).toHaveLength(3);
  expect((await guesses.innerText()).replace(/\s+/g, ' ')).toContain('0.1 good good ✓ 2');
  await page.getByText('4 points from 2 guesses').waitFor();

  await page.getByText('Made of 3 models.').waitFor();
  await page.getByText('What model B mistakes for what').waitFor();
  await button(page, 'Take a test digit').click();
  await page.getByText(/^Model B, learning rate 0\.1 says 7/).waitFor();
  await page.getByText(/^The class brain, by vote says \d/).waitFor();
  await page.getByLabel('Model', { exact: true }).selectOption({ label: 'A' });
  await page.getByText(/^Model A, learning rate 0.001 says \d/).waitFor();
  await page.getByText('What model A mistakes for what').waitFor();
  await expectAccessible(page, 'alone, all that a finished run has');

  const model = await saved(page, button(page, 'Take my model home'));
  expect(model.name).toBe('build-a-brain-alone-A-1-model.json');
  expect(JSON.parse(model.text)).toMatchObject({ format: FORMAT, learningRate: 0.001, step: 126 });

  await button(page, 'Results').click();
  const table = await saved(page, button(page, 'Table of all runs (CSV)'));
  expect(table.text.split('\r\n')).toHaveLength(5);
  expect(table.text).toMatch(/0\.1,done,.*,good,good,2\r\n/);
  const all = await saved(page, button(page, 'Everything (JSON)'));
  expect(JSON.parse(all.text)).toMatchObject({ session: 'alone', runs: [{ number: 1 }] });
  await page.keyboard.press('Escape');

  await button(page, 'Replay').click();
  await page.getByText('every point is the recorded one, to the last bit').waitFor();
  await page.getByLabel('Steps done').press('Home');
  await page.getByText('step 0 of 126').waitFor();
  await expectAccessible(page, 'alone, replaying');
});

it('alone and without a network: results and a failed run say so, and another attempt is offered', async () => {
  const { url } = await startServer({ built: true });
  const line =
    'experiment=linear&model=perceptron&seed=1&steps=50&start=workshop&pace=race&rates=0.1';
  const page = await visit(`${url}/alone#${line}`, { expected: /Failed to fetch|ERR_INTERNET/ });
  await button(page, 'Start').waitFor();
  await page.context().setOffline(true);
  await button(page, 'Start').click();
  await page.getByText('The training has stopped on this device. Run it again.').waitFor();
  await page.context().setOffline(false);
  await button(page, 'Run it again').click();
  await button(page, 'Results').waitFor();
  await page.context().setOffline(true);
  await button(page, 'Results').click();
  const table = page.getByRole('dialog').getByRole('button', { name: /Table of all runs/ });
  await table.click();
  await page.getByText('The server does not answer').waitFor();
  await page.context().setOffline(false);
  expect((await saved(page, table)).name).toBe('build-a-brain-alone-results.csv');
});
