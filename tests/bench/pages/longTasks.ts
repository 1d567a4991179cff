import type { BrowserContext, Page } from 'playwright-core';

/** A task of a page's main thread that took 50 ms or more; times in ms of the page's own clock. */
export interface LongTask {
  at: number;
  ms: number;
}

declare global {
  interface Window {
    longTasks?: LongTask[];
  }
}

/** Has every page of the context note its long tasks, from its very beginning on. */
export async function watchLongTasks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen: LongTask[] = [];
    window.longTasks = seen;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        seen.push({ at: startTime, ms: duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** The page's clock. */
export function pageTime(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

/** The long tasks that began between two moments of the page's clock. */
export async function longTasksBetween(page: Page, from: number, to: number): Promise<LongTask[]> {
  const all = await page.evaluate(() => window.longTasks ?? null);
  if (!all) throw new Error(`${page.url()} does not note its long tasks`);
  return all.filter(({ at }) => at >= from && at < to);
}
