import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createSession, startServer } from '../support.ts';
import { Perceptron } from '../../shared/model/perceptron.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { useChromium, visit } from './chromium.ts';
import { observe } from './headless.ts';

useChromium();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function join(url: string, code: string, name: string): Promise<Page> {
  const page = await visit(`${url}/${code}`, { viewport: { width: 390, height: 844 } });
  await page.getByLabel('Nickname').fill(name);
  await button(page, 'Join').click();
  await page.getByText('You are in, ').waitFor();
  return page;
}

it('shows every ball on the landscape where its run is', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await visit(`${url}/teach/${code}#${secret}`);
  const projector = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  const ada = await join(url, code, 'Ada');
  await join(url, code, 'Alan');
  await teacher.getByLabel('Length', { exact: true }).fill('40');
  await button(teacher, 'Prepare this run').click();
  await button(teacher, 'Start').click();
  await button(teacher, 'Next run').waitFor();
  const { welcome } = await observe(url, code);
  const run = welcome.session.run!;
  // Ada was dealt the lowest rate, Alan the highest, which diverges.
  const summary = /2 balls: 0 at the bottom, 1 diverged/;
  await projector.getByRole('img', { name: summary }).waitFor();
  await ada.getByRole('img', { name: summary }).waitFor();

  await button(teacher, 'Landscape').click();
  await teacher.getByRole('img', { name: summary }).waitFor();
  await teacher.getByRole('figure').getByRole('button', { name: 'Table', exact: true }).click();
  for (const { name, rate, status } of welcome.participants) {
    const model = Perceptron.start(run.settings.init, run.settings.seed);
    const steps = status.state === 'diverged' ? status.atStep : run.settings.steps;
    for (let k = 0; k < steps; k++) model.trainStep(WORKSHOP, rate!);
    const row = teacher.getByRole('row', { name: new RegExp(`^${name} `) }).last();
    const cells = (await row.getByRole('cell').allInnerTexts()).map((text) =>
      text.replaceAll(',', '').replace('−', '-'),
    );
    expect(cells[1]).toContain(String(steps));
    if (status.state === 'diverged') continue;
    expect(cells[2]).toBe(model.w.toFixed(3));
    expect(cells[3]).toBe(model.b.toFixed(3));
  }

  // The student's own numbers stand beside the formulas; the slice says what a rate does.
  const own = Perceptron.start(run.settings.init, run.settings.seed);
  for (let k = 0; k < 40; k++) own.trainStep(WORKSHOP, welcome.participants[0]!.rate!);
  const { dw } = own.gradient(WORKSHOP);
  const written = dw.toFixed(3).replace('-', '−');
  await ada
    .getByRole('math', { name: `dC by dw, the mean of the error times x, is ${written}` })
    .waitFor();
  await button(ada, 'Slice').click();
  await ada.getByText('Each step goes part of the way down.').waitFor();
  const slider = ada.getByLabel('Try a rate');
  await slider.press('End');
  await ada.getByText('lands higher than before: it diverges').waitFor();
});
