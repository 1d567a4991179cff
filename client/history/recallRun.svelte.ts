import { untrack } from 'svelte';
import type { RunResult } from '../../shared/protocol/results.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import { resultOf } from './recalledRun.ts';

/** Between an answer that did not come and the next question, in ms. */
const PAUSE = 2_000;

/**
 * Asks the room for a run whenever another one is wanted, until it has come. What the room does not
 * tell is not asked for again, unless the connection was lost in between. Belongs to a component.
 * @param wanted its number; null for none
 * @param take is given the run, unless another one is wanted by then
 */
export function recallRun(
  session: LiveSession,
  wanted: () => number | null,
  take: (run: RunResult) => void,
): void {
  $effect(() => {
    const run = wanted();
    if (run === null || session.status.state !== 'live') return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await session.request('recall', { run });
      if (!isWanted) return;
      if (answer.ok) untrack(() => take(resultOf(answer.run, session.participants)));
      else if (answer.code === 'no_answer' || answer.code === 'too_many_requests') {
        timer = setTimeout(
          () => void ask(),
          answer.code === 'no_answer' ? PAUSE : answer.retryAfter,
        );
      }
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  });
}
