/** The thread that replays runs: it gives way to the one that serves the class. */
import { constants, setPriority } from 'node:os';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { Asked, Told } from './messages.ts';
import { presentData } from './present.ts';
import { Replay } from './replay.ts';

/** Works at most this long before it listens to its messages again, in ms. */
const SLICE_MS = 20;

const port = parentPort;
if (!port) throw new Error('this is no program: it runs as a thread of the server');

// Only there the priority is a thread's own; elsewhere the whole server would be slowed down.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);

/** What is being replayed; another value means that nobody waits for it any more. */
let wanted: number | null = null;

port.on('message', (asked: Asked) => {
  if (asked.ask === 'drop') {
    if (wanted === asked.id) wanted = null;
    return;
  }
  wanted = asked.id;
  // A failure ends the thread, and the server hears of it.
  void replay(asked);
});

async function replay({ id, settings, claim, limit }: Extract<Asked, { ask: 'replay' }>) {
  const data = await presentData(settings);
  const begun = performance.now();
  const run = new Replay(settings, claim, data);
  while (wanted === id) {
    const slice = performance.now();
    const verdict = run.advance(() => performance.now() - slice > SLICE_MS);
    const ms = performance.now() - begun;
    if (verdict || ms > limit) {
      port!.postMessage({ id, verdict: verdict ?? { state: 'unchecked' }, ms } satisfies Told);
      return;
    }
    await setImmediate();
  }
}
