import type { Browser } from 'playwright-core';

/** An event of Chromium's trace; times in µs, `tdur` what the thread itself was at work. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { name?: string };
}

/** Chromium's name for what a page's main thread does between two looks at its queue. */
const TASK = 'ThreadControllerImpl::RunTask';

/**
 * The longest tasks of the main threads of all open pages while `work` goes on, in ms of work: what
 * the thread itself did, without its waiting for other processes that want the same processor.
 */
export async function mainThreadTasks(
  browser: Browser,
  work: () => Promise<void>,
): Promise<number[]> {
  await browser.startTracing(undefined, { categories: ['toplevel', '__metadata'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const main = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return trace.traceEvents
    .filter(({ name, pid, tid }) => name === TASK && main.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000)
    .sort((a, b) => b - a);
}
