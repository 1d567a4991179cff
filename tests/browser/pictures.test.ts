import { setImmediate } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createSession, startServer } from '../support.ts';
import { strongestUnits } from '../../client/worker/filters.ts';
import { createKernelSpace } from '../../server/data/kernels.ts';
import { loadRunData } from '../../server/data/runData.ts';
import { Perceptron } from '../../shared/model/perceptron.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { largest } from '../../shared/model/crossEntropy.ts';
import { denseLayer, SilenceCheck } from '../../shared/model/silence.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { ClassifierLearner, createLearner } from '../../shared/run/learner.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';
import { accepted, connect } from '../integration/client.ts';
import { expectAccessible } from './axe.ts';
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

  await teacher.getByRole('tab', { name: 'Landscape' }).click();
  await teacher.getByRole('img', { name: summary }).waitFor();
  await teacher
    .getByRole('radiogroup', { name: 'How the landscape is shown' })
    .getByRole('radio', { name: 'Table' })
    .click();
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
  await expectAccessible(teacher, 'instructor, landscape as a table');
  await expectAccessible(projector, 'projector, landscape');
  const own = Perceptron.start(run.settings.init, run.settings.seed);
  for (let k = 0; k < 40; k++) own.trainStep(WORKSHOP, welcome.participants[0]!.rate!);
  const { dw } = own.gradient(WORKSHOP);
  const written = dw.toFixed(3).replace('-', '−');
  await ada
    .getByRole('math', { name: `dC by dw, the mean of the error times x, is ${written}` })
    .waitFor();
  await ada.getByRole('radio', { name: 'Slice' }).click();
  await ada.getByText('Each step goes part of the way down.').waitFor();
  const slider = ada.getByLabel('Try a rate');
  await slider.press('End');
  await ada.getByText('lands higher than before: it diverges').waitFor();
  await expectAccessible(ada, 'student, slice of the landscape');
});

/**
 * Works until `advance` says that it is done, with pauses in which the server and the client in this
 * process answer each other's pings: on a busy machine they take 10 s of silence for an end.
 */
async function breathing(advance: (stop: () => boolean) => boolean): Promise<void> {
  let until = performance.now();
  do {
    await setImmediate();
    until = performance.now() + 50;
  } while (!advance(() => performance.now() > until));
}

/** The model of a learning rate at the end of its run, and the test digits. */
async function modelOf(settings: RunSettings, rate: number) {
  const { data } = await loadRunData(settings);
  const learner = createLearner(settings, rate, data, await createKernelSpace());
  if (!(learner instanceof ClassifierLearner)) throw new TypeError('no classifier');
  const training = new Training(settings, learner);
  await breathing((stop) => !training.advance(settings.steps, stop));
  return learner;
}

/** What it says of the first test digit. */
async function trained(settings: RunSettings, rate: number) {
  const { model, test } = await modelOf(settings, rate);
  const probabilities = new Float32Array(model.classes);
  model.classify(test, 0, probabilities);
  const tally = { loss: 0, correct: 0 };
  model.evaluate(test, 0, test.capacity, tally);
  const weights = model.parameters[0]!;
  const strongest = weights.reduce((best, w) => (Math.abs(w) > Math.abs(best) ? w : best), 0);
  const digit = weights.indexOf(strongest) % model.classes;
  return {
    probabilities: [...probabilities],
    wrong: test.capacity - tally.correct,
    strongest,
    digit,
  };
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
const parameter = (value: number) => value.toFixed(3).replace('-', '−');

it('shows of digits what a model says, looks for and mistakes', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await visit(`${url}/teach/${code}#${secret}`);
  const ada = await join(url, code, 'Ada');
  await join(url, code, 'Alan');
  await teacher.getByText('Handwritten digits', { exact: true }).click();
  await teacher.getByLabel('From', { exact: true }).fill('0.001');
  await teacher.getByLabel('To', { exact: true }).fill('0.5');
  await teacher.getByLabel('Steps a second').fill('200');
  await button(teacher, 'Prepare this run').click();
  await button(teacher, 'Start').click();
  await button(teacher, 'Next run').waitFor();
  const { welcome } = await observe(url, code);
  const { settings } = welcome.session.run!;
  const [own, best] = await Promise.all(
    welcome.participants.map(({ rate }) => trained(settings, rate!)),
  );

  const weights = ({ strongest, digit }: typeof own & object) =>
    `The strongest weight is ${parameter(strongest)}, of the digit ${digit}.`;
  await ada.getByRole('img', { name: weights(own!) }).waitFor();
  await teacher.getByRole('tab', { name: 'Weights' }).click();
  await teacher.getByRole('img', { name: weights(best!) }).waitFor();

  const says = (who: string, { probabilities }: typeof own & object) => {
    const digit = largest(Float32Array.from(probabilities));
    return `${who} says ${digit}: ${percent(probabilities[digit]!)}`;
  };
  await button(ada, 'Take a test digit').click();
  await ada.getByText(says('Your model', own!), { exact: true }).waitFor();
  await ada.getByRole('button', { name: /^Ask the best model: Alan/ }).click();
  await ada.getByText(says('The best model: Alan', best!), { exact: true }).waitFor();
  const shares = await ada
    .getByRole('list', { name: 'Your model' })
    .getByRole('listitem')
    .allInnerTexts();
  own!.probabilities.forEach((share, digit) =>
    expect(shares[digit]).toContain(`${digit}: ${percent(share)}`),
  );

  await ada
    .getByText(`Of 10,000 test images ${own!.wrong.toLocaleString('en')} are wrong.`)
    .waitFor();
  // A stroke of the mouse is read as well.
  await button(ada, 'Clear').click();
  const pad = ada.getByRole('img', { name: /^Draw a digit here/ });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await ada.mouse.move(box.x + box.width / 2, box.y + 20);
  await ada.mouse.down();
  await ada.mouse.move(box.x + box.width / 2, box.y + box.height - 20, { steps: 5 });
  await ada.mouse.up();
  await ada.getByText(/^The best model: Alan says 1: /).waitFor();
  await expectAccessible(ada, 'student, digits');
  await expectAccessible(teacher, 'instructor, weights');
});

/** A short run of digits, at a rate that learns and at one that is far too high. */
const digits = (model: 'mlp' | 'convnet'): RunPlan => ({
  settings: {
    ...{ experiment: 'mnist', model, images: 2_000, batchSize: 32, order: 'shuffle' },
    ...{ seed: 1, steps: 40, init: { kind: 'seed' } },
  },
  pace: { kind: 'race' },
  rates: { kind: 'list', rates: [0.1, 1.5] },
});

it('shows what hidden neurons and kernels look for, and which have died', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  const ada = await join(url, code, 'Ada');
  await join(url, code, 'Alan');
  /** The models of these learning rates at the end of a run of `plan`. */
  const run = async (plan: RunPlan, rates: readonly number[]) => {
    accepted(await teacher.ask('prepare', plan));
    accepted(await teacher.ask('command', { command: 'start' }));
    await teacher.until(() => teacher.session?.phase === 'finished');
    return Promise.all(
      rates.map(async (rate) => {
        const { model, test } = await modelOf(plan.settings, rate);
        return { model, test, parameters: model.parameters };
      }),
    );
  };

  const [low, high] = await run(digits('mlp'), [0.1, 1.5]);
  const after = low!.parameters[2]!;
  const unit = strongestUnits(after, 128, 10)[0]!;
  const norm = parameter(Math.hypot(...after.subarray(10 * unit, 10 * unit + 10)));
  const [weights, biases] = high!.parameters;
  const check = new SilenceCheck(denseLayer(weights!, biases!), high!.test);
  let units: Uint8Array | null = null;
  await breathing((stop) => (units = check.advance(stop)) !== null);
  const silent = units!.reduce((sum, each) => sum + each, 0);
  const neurons = `of 128 hidden neurons. The one with the largest outgoing weights, neuron ${unit + 1} with a norm of ${norm}`;
  await ada.getByRole('img', { name: neurons }).waitFor();
  await desk.getByRole('tab', { name: 'Hidden neurons' }).click();
  await desk.getByRole('img', { name: neurons }).waitFor();
  await desk.getByLabel('Hidden neurons of').selectOption('Alan');
  expect(silent).toBeGreaterThan(1);
  await desk
    .getByText(`${silent} of 128 hidden neurons never fire on the 10,000 test images.`)
    .waitFor();
  await desk.getByRole('radio', { name: 'Table' }).click();
  await desk
    .getByRole('row', { name: /never$/ })
    .first()
    .waitFor();
  await expectAccessible(desk, 'instructor, hidden neurons as a table');
  await expectAccessible(ada, 'student, hidden neurons');

  await button(desk, 'Next run').click();
  await teacher.until(() => teacher.session?.phase === 'lobby');
  const [kernels] = await run(digits('convnet'), [0.1]);
  const reads = (image: number) => {
    const probabilities = new Float32Array(10);
    kernels!.model.classify(kernels!.test, image, probabilities);
    const digit = largest(probabilities);
    return new RegExp(`The model reads ${digit}: ${percent(probabilities[digit]!)}\\. Kernel`);
  };
  await desk.getByRole('tab', { name: 'Kernels' }).click();
  await desk.getByLabel('Kernels of').selectOption('Ada');
  await desk.getByRole('img', { name: reads(0) }).waitFor();
  await button(desk, 'Another digit').click();
  await desk.getByRole('img', { name: reads(1) }).waitFor();
  await ada.getByRole('img', { name: reads(0) }).waitFor();
  await button(ada, 'Take a test digit').click();
  await button(ada, 'Take a test digit').click();
  await ada.getByRole('img', { name: reads(1) }).waitFor();
  await expectAccessible(desk, 'instructor, kernels');
  await expectAccessible(ada, 'student, kernels');

  // On a small projector nothing of it is cut off.
  await ada.setViewportSize({ width: 1024, height: 768 });
  await ada.goto(`${url}/show/${code}`);
  await ada.getByText(/kernels? (fires on some|never fires?)/).waitFor();
  const cutOff = await ada
    .locator('section.picture')
    .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  expect(cutOff).toBeLessThanOrEqual(1);
});
