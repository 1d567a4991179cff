import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunSettings } from '../../shared/run/settings.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';
import { expectSameBits, observe, undisturbed } from './headless.ts';

useChromium();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** How many of the map's squares lean to the first class (blue) and to the second (orange). */
function leanings(page: Page): Promise<[first: number, second: number]> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role=img] canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const count: [number, number] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      // Where hardly any ink lies, its colour is lost to rounding.
      if (data[i + 3]! > 40) count[data[i]! > data[i + 2]! ? 1 : 0] += 1;
    }
    return count;
  });
}

/** How many images a page has in its PDF; what has no size there is left out of it. */
async function imagesOnPaper(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4' });
  return [...pdf.toString('latin1').matchAll(/\/Subtype \/Image/g)].length;
}

/** On the test points at the end of a run, as it is written. */
async function accuracyOf(settings: RunSettings, rate: number): Promise<string> {
  const { evaluations } = await undisturbed(settings, rate);
  return `${(evaluations.at(evaluations.length - 1, 1) * 100).toFixed(1)}%`;
}

it('student and class see the decision boundary of the same run that is trained headless', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await visit(`${url}/teach/${code}#${secret}`);
  const student = await visit(`${url}/${code}`, { viewport: { width: 390, height: 844 } });
  await student.getByLabel('Nickname').fill('Emmy');
  await button(student, 'Join').click();
  await teacher.getByText('Emmy').first().waitFor();
  const projector = await visit(`${url}/show/${code}`, { viewport: { width: 1280, height: 800 } });
  const other = await visit(`${url}/${code}`);
  await other.getByLabel('Nickname').fill('Alan');
  await button(other, 'Join').click();
  await teacher.getByText('Alan').first().waitFor();

  await teacher.getByText('Points in the plane', { exact: true }).click();
  await teacher.getByLabel('Shape').selectOption('circles');
  await teacher.getByRole('radio', { name: 'List' }).click();
  await teacher.getByLabel('Rates, dealt in turn').fill('0.3, 0.0001');
  await teacher.getByRole('radio', { name: 'Full speed' }).click();
  await button(teacher, 'Prepare this run').click();
  await student.getByText('8 neurons with ReLU').waitFor();
  await button(teacher, 'Start').click();
  await button(teacher, 'Next run').waitFor();

  const { welcome, frame } = await observe(url, code);
  const { settings } = welcome.session.run!;
  expect(settings).toMatchObject({ experiment: 'toy', shape: 'circles', steps: 1_300 });
  await expectSameBits({ settings }, welcome.participants, frame);
  const [emmys, alans] = await Promise.all([0.3, 0.0001].map((rate) => accuracyOf(settings, rate)));
  await student.getByRole('img', { name: `Test accuracy: ${emmys}` }).waitFor();

  // The class sees the best model, and what a rate that is too low has learnt in the same time.
  await teacher.getByRole('tab', { name: 'Boundary' }).click();
  for (const screen of [teacher, projector]) {
    const best = `the model of Emmy, learning rate 0.3, sees at each place. Test accuracy: ${emmys}`;
    await screen.getByRole('img', { name: best }).waitFor();
    await screen.getByText('step 1,300', { exact: true }).first().waitFor();
    const lowest = screen.getByRole('button', { name: /^Lowest rate/ });
    await lowest.getByText(`${alans} right`).waitFor();
    await expectAccessible(screen, 'class screen, decision boundary');
  }
  // Whom the teacher pins is shown large there and, as it follows, on the projector.
  await teacher.getByRole('button', { name: /^Lowest rate/ }).click();
  for (const screen of [teacher, projector]) {
    const pinned = `the model of Alan, learning rate 0.0001, sees at each place. Test accuracy: ${alans}`;
    await screen.getByRole('img', { name: pinned }).waitFor();
  }

  // Paper shows as many of them as the screen does, each an image and its mask of opacity.
  const planes = teacher.locator('.panel.boundary canvas');
  const shown = await planes.count();
  expect(shown).toBeGreaterThan(2);
  const printed = await imagesOnPaper(teacher);
  await planes.evaluateAll((all) => all.forEach((canvas) => canvas.remove()));
  expect(printed - (await imagesOnPaper(teacher))).toBeGreaterThanOrEqual(2 * shown);

  await expectAccessible(student, 'student, decision boundary');

  // The second class lies inside of the first, and the map has learnt it.
  const [first, second] = await leanings(student);
  expect(second).toBeGreaterThan(200);
  expect(first).toBeGreaterThan(second);
  expect(await student.locator('[role=img] path.line').getAttribute('d')).toMatch(/^M/);
});
