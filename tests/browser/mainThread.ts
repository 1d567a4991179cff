import type { Browser } from 'playwright-core';

/** An event of Chromium's trace; times in µs, `tdur` what the thread itself was at work. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  tdur?: number;
}

/** Chromium's name for what a page's main thread does between two looks at its queue. */
const TASK = 'ThreadControllerImpl::RunTask';

const MARK = 'a page of ours';

/**
 * The longest tasks of the main threads of all open pages while `work` goes on, in ms of work: what
 * the thread itself did, without its waiting for other processes that want the same processor.
 */
export async function mainThreadTasks(
  browser: Browser,
  work: () => Promise<void>,
): Promise<number[]> {
  await browser.startTracing(undefined, { categories: ['toplevel', 'blink.user_timing'] });
  await work();
  // The browser's own surface is made of pages as well: only threads that carry the mark are ours.
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    await page.evaluate((mark) => performance.mark(mark), MARK);
  }
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const main = new Set(
    trace.traceEvents.filter(({ name }) => name === MARK).map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return trace.traceEvents
    .filter(({ name, pid, tid }) => name === TASK && main.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000)
    .sort((a, b) => b - a);
}
