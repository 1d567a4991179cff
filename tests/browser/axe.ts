import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const EVERYTHING: RunOptions = {
  runOnly: { type: 'tag', values: WCAG },
  // Not on by itself, although 2.2 AA asks for targets of 24 by 24 pixels.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  preload: false,
};

/** Between light and dark only colours change. */
const COLOURS: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast'] },
  resultTypes: ['violations'],
  preload: false,
};

/** axe-core finds nothing on the page as it stands, in light and in dark. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const found: string[] = [];
  for (const [colorScheme, options] of [
    ['light', EVERYTHING],
    ['dark', COLOURS],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const { id, nodes } of await violations(page, options)) {
      for (const { html, failureSummary } of nodes) {
        found.push(`${colorScheme}: ${id}: ${html.slice(0, 200)}\n${failureSummary ?? ''}`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await expectWithinReach(page, state);
  expect.soft(found, `${state}: ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Neither the page nor a leaderboard has to be moved sideways to be read. */
export async function expectWithinReach(page: Page, state: string): Promise<void> {
  const wider = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('div.board')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(
        ({ tagName, scrollWidth, clientWidth }) => `${tagName}: ${scrollWidth} > ${clientWidth}`,
      ),
  );
  expect.soft(wider, `${state}: wider than its room`).toEqual([]);
}

/** The page's own policy lets no script in, but a debugger's evaluation. */
async function violations(page: Page, options: RunOptions): Promise<AxeResults['violations']> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    // A page draws its charts anew for other colours, and what had begun to move comes to rest; by
    // itself it would not where it is hidden, as within a closed disclosure.
    await new Promise(requestAnimationFrame);
    for (const animation of document.getAnimations()) animation.finish();
    return (await axe.run(document, given)).violations;
  }, options);
}
