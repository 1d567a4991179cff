import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const ground = (locator: Locator) =>
  locator.first().evaluate((element) => getComputedStyle(element).backgroundColor);

/** Whether a finger that is so many pixels above or below the middle still meets it. */
const reaches = (locator: Locator, pixels: number) =>
  locator.evaluate((element, away) => {
    element.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = element.getBoundingClientRect();
    return [-away, away].every((by) =>
      element.contains(document.elementFromPoint(left + width / 2, top + height / 2 + by)),
    );
  }, pixels);

/** Two rates alone, at full speed, to the end of the run. */
async function finished(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
}

const RUN =
  'alone#experiment=linear&model=perceptron&seed=1&steps=50&start=workshop&pace=race&rates=0.01,0.3';

it.each(['light', 'dark'] as const)(
  'where a system forces its %s colours, data keep theirs and what is chosen can be seen',
  async (colorScheme) => {
    const { url } = await startServer({ built: true });
    const page = await visit(url);
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await page.goto(`${url}/${RUN}`);
    const primary = page.locator('button.primary');
    await primary.waitFor();
    const plain = page.locator('button:not(.primary):not([aria-checked]):not([aria-pressed])');
    expect(await ground(primary)).not.toBe(await ground(plain));
    const choice = page.getByRole('radiogroup').first();
    expect(await ground(choice.getByRole('radio', { checked: true }))).not.toBe(
      await ground(choice.getByRole('radio', { checked: false })),
    );
    await finished(page);

    const canvas = await ground(page.locator('body'));
    const dots = page.locator('.board .rate .dot');
    expect(await dots.count()).toBe(2);
    const [low, high] = [await ground(dots), await ground(dots.nth(1))];
    expect(new Set([canvas, low, high]).size).toBe(3);
    const bar = page.locator('.legend .bar').first();
    expect(await bar.evaluate((one) => getComputedStyle(one).backgroundImage)).toMatch(/gradient/);
    const row = page.locator('.board tr', { has: page.locator('.rate .dot') }).first();
    await row.hover();
    await expect
      .poll(() => row.evaluate((one) => getComputedStyle(one).outlineStyle))
      .toBe('solid');
    expect(await ground(page.locator('.tip .line'))).toBe(await ground(row.locator('.dot')));

    await page.getByRole('button', { name: 'Options' }).click();
    for (const part of ['.track', '.thumb']) {
      expect(await ground(page.locator(part))).not.toBe(canvas);
    }
    const table = page.getByRole('button', { name: 'Table' }).first();
    const before = await ground(table);
    await table.click();
    expect(await ground(table)).not.toBe(before);
  },
);

it('on a touch screen everything among the chart’s options is large enough for a finger', async () => {
  const { url } = await startServer({ built: true });
  const page = await visit(`${url}/${RUN}`, { viewport: { width: 390, height: 844 }, touch: true });
  await finished(page);
  await page.getByRole('button', { name: 'Options' }).click();
  for (const one of await page.locator('[id$="-options"]').locator('button, label, select').all()) {
    expect(await reaches(one, 21), await one.innerText()).toBe(true);
  }
});
