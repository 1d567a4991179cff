/**
 * Loaded into the server's process before the server itself, which knows nothing of it: answers
 * what the process has used since it was last asked to begin.
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import process from 'node:process';

/** Milliseconds between two looks at the event loop, which the histogram counts as delay. */
const RESOLUTION = 10;
const MS = 1e-6;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
delay.enable();
let begun = performance.now();
let before = process.cpuUsage();

process.on('message', (/** @type {'begin' | 'read'} */ asked) => {
  if (asked === 'begin') {
    begun = performance.now();
    before = process.cpuUsage();
    delay.reset();
    return;
  }
  const { user, system } = process.cpuUsage(before);
  const cpuPercent = ((user + system) / 1_000 / (performance.now() - begun)) * 100;
  const lagP99Ms = Math.max(0, delay.percentile(99) * MS - RESOLUTION);
  // What is alive, without the garbage that V8 has not had a reason to collect yet.
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({
    liveBytes: heapUsed + external,
    cpuPercent,
    rssBytes: rss,
    lagP99Ms,
  });
});
// The server lives as long as it wants, not as long as somebody listens to its probe.
process.channel?.unref();
