import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunResult } from '../../shared/protocol/results.ts';
import { FORMAT } from '../../shared/run/savedModel.ts';
import { startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';
import { undisturbed } from './headless.ts';

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

/** Gives the network back, and waits until the page can be answered: orders reach it one by one. */
async function online(page: Page): Promise<void> {
  await page.context().setOffline(false);
  const answers = () =>
    page.evaluate(() =>
      fetch('/healthz').then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  await expect.poll(answers, { timeout: 10_000 }).toBe(true);
}

const CLASS_WORDS =
  /your (own )?model|students?|everybody|anybody|nobody|(in|of|the) class\b(?! that)|class brain|instructor|teacher/gi;

/** What of a class's words the page shows or says, where there is none. */
async function classWords(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts = [...document.querySelectorAll('*')].flatMap((element) =>
      ['aria-label', 'aria-description', 'title', 'alt'].map((name) => element.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...texts].join('\n');
  });
  return said.match(CLASS_WORDS) ?? [];
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
  expect(await classWords(page)).toEqual([]);
  await button(page, 'Start').click();
  await page.getByRole('heading', { name: 'Training' }).waitFor();
  expect(await classWords(page)).toEqual([]);
  await page.getByRole('heading', { name: 'Finished' }).waitFor();

  const guesses = page.getByRole('region', { name: 'Your guesses' });
  await expect.poll(() => guesses.getByRole('row').allInnerTexts()).toHaveLength(3);
  expect((await guesses.innerText()).replace(/\s+/g, ' ')).toContain('0.1 good good ✓ 2');
  await page.getByText('4 points from 2 guesses').waitFor();

  await page.getByText('Made of 3 models.').waitFor();
  await page.getByText('What model B mistakes for what').waitFor();
  await button(page, 'Take a test digit').click();
  await page.getByText(/^Model B, learning rate 0\.1 says 7/).waitFor();
  await page.getByText(/^The vote of the models says \d/).waitFor();
  await page.getByLabel('Model', { exact: true }).selectOption({ label: 'A' });
  await page.getByText(/^Model A, learning rate 0.001 says \d/).waitFor();
  await page.getByText('What model A mistakes for what').waitFor();
  await button(page, 'Options').click();
  expect(await classWords(page)).toEqual([]);
  await expectAccessible(page, 'alone, all that a finished run has');

  const model = await saved(page, button(page, 'Take this model home'));
  expect(model.name).toBe('build-a-brain-alone-A-1-model.json');
  expect(JSON.parse(model.text)).toMatchObject({ format: FORMAT, learningRate: 0.001, step: 126 });

  await button(page, 'Results').click();
  const table = await saved(page, button(page, 'Table of all runs (CSV)'));
  expect(table.text.split('\r\n')).toHaveLength(5);
  expect(table.text).toMatch(/0\.1,done,.*,good,good,2\r\n/);
  const all = await saved(page, button(page, 'Everything (JSON)'));
  const everything = JSON.parse(all.text) as { runs: RunResult[] };
  expect(everything).toMatchObject({ session: 'alone', runs: [{ number: 1 }] });
  // The models share workers, and each has the losses that it has by itself.
  const [only] = everything.runs;
  for (const { rate, losses } of only!.participants) {
    const expected = await undisturbed(only!.settings, rate!);
    const values = Float32Array.from(losses, ({ loss }) => loss);
    expect(values, String(rate)).toEqual(expected.losses.slice(0).slice());
  }
  await page.keyboard.press('Escape');

  await button(page, 'Runs').click();
  const report = await saved(page, button(page, 'Report'));
  expect(report.name).toBe('build-a-brain-alone-1.html');
  expect(report.text).toContain('<title>Build a Brain · alone, run 1</title>');
  expect(report.text).toContain('Made of 3 models.');
  expect(report.text.replace(/<style>.*<\/style>|<[^>]*>/gs, ' ').match(CLASS_WORDS)).toBeNull();
  // A sheet is narrower than the screen, and the charts that are made for it are there at once.
  await button(page, 'Close').click();
  await page.evaluate(() => {
    const paper = matchMedia('print');
    paper.addEventListener('change', () => {
      if (!paper.matches) return;
      const names = document.querySelectorAll('svg.printed text.name').length;
      const chart = document.querySelector('section:has(svg.printed)')!;
      const caption = chart.querySelector('figcaption')!;
      const isInside =
        caption.getBoundingClientRect().bottom <= chart.getBoundingClientRect().bottom;
      document.documentElement.dataset['printed'] = `${names} names, caption ${isInside}`;
    });
  });
  await page.pdf({ format: 'A4' });
  await page.locator('[data-printed="3 names, caption true"]').waitFor({ state: 'attached' });
  await button(page, 'Runs').click();
  await button(page, 'Replay').click();
  await page.getByText('every point is the recorded one, to the last bit').waitFor();
  await page.getByLabel('Steps done').press('Home');
  await page.getByText('step 0 of 126').waitFor();
  await expectAccessible(page, 'alone, replaying');
  expect(await classWords(page)).toEqual([]);
  await button(page, 'Close').click();

  // The way back leads to the settings, and takes nothing away.
  const address = page.url();
  await page.goBack();
  await page.getByRole('heading', { name: 'Choose and start' }).waitFor();
  expect(page.url()).toBe(address);
  await button(page, 'Runs').waitFor();
  // Other settings, and on to the run that is still there, with its models, its address and its rates.
  await page.getByLabel('Learning rates').fill('0.2; 2');
  await page.waitForURL(/rates=0\.2,2$/);
  await page.goForward();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
  expect(page.url()).toBe(address);
  await page.getByText('What model B mistakes for what').waitFor();
  const again = await saved(page, button(page, 'Take this model home'));
  expect(JSON.parse(again.text)).toMatchObject({ learningRate: 0.1, step: 126 });
  await button(page, 'Run it again').click();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
  await button(page, 'Runs').click();
  await page.getByRole('listitem').filter({ hasText: 'Run 2' }).waitFor();
  await button(page, 'Close').click();
  await page.goBack();
  await page.getByText('2 rates: 0.2 · 2').waitFor();
  expect(page.url()).toMatch(/rates=0\.2,2$/);
  await page.goForward();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
  // A page that is loaded anew has no run.
  await page.reload();
  await page.getByText('3 rates: 0.001 · 0.1 · 30').waitFor();
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
  await expectAccessible(page, 'alone, a run that failed');
  await online(page);
  await button(page, 'Run it again').click();
  await button(page, 'Results').waitFor();
  await page.context().setOffline(true);
  await button(page, 'Results').click();
  const table = page.getByRole('dialog').getByRole('button', { name: /Table of all runs/ });
  const both = await saved(page, table);
  await online(page);
  expect(both.name).toBe('build-a-brain-alone-results.csv');
  const runs = both.text.split('\r\n').map((line) => line.split(',')[0]);
  expect(runs.slice(1)).toEqual(['1', '2', '']);
  await page.keyboard.press('Escape');

  // An earlier run of this tab is laid under the present one.
  await button(page, 'Runs').click();
  const first = page.getByRole('listitem').filter({ hasText: 'Run 1' });
  await first.getByText('1 model, ranked at step 0').waitFor();
  await first.getByRole('button', { name: 'Lay under the chart' }).click();
  await first.getByRole('button', { name: 'Take it away again' }).waitFor();
  await button(page, 'Close').click();

  // Points in the plane: one boundary large, and beside it those that are to be compared.
  await button(page, 'Try something else').click();
  await page.getByText('Points in the plane', { exact: true }).click();
  await page.getByLabel('Learning rates').fill('0.001; 0.01; 1');
  await page.getByText('Full speed', { exact: true }).click();
  await page.getByLabel('Length', { exact: true }).fill('5');
  await button(page, 'Start').click();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
  const lowest = page.getByRole('button', { name: /^Lowest rate Learning rate 0\.001 A/ });
  await page.getByRole('button', { name: /^Best .* C \d/ }).waitFor();
  await lowest.click();
  expect(await page.getByLabel('Model', { exact: true }).inputValue()).toBe('0');
  expect(await classWords(page)).toEqual([]);
  await expectAccessible(page, 'alone, boundaries beside one another');

  // An address that asks for too much, and for what there is not.
  const many = Array.from({ length: 700 }, (_, k) => (k + 1) / 1_000).join(',');
  await page.goto(
    `${url}/alone#${line.replace('steps=50', 'steps=0').replace('=0.1', `=${many}`)}`,
  );
  await page.getByText(/^steps=0 – possible: a whole number from 1 to/).waitFor();
  await page.getByText('asks for 700 learning rates; one browser trains 8 at most').waitFor();
  await expectAccessible(page, 'alone, an address with problems');
  await button(page, 'Take 8, from the lowest to the highest').click();
  await page.waitForURL(/rates=0.001,0.101,0.201,0.301,0.4,0.5,0.6,0.7$/);
  expect(page.url()).toContain('steps=200');
});
