import { untrack } from 'svelte';
import type { ChartSession } from '../charts/chartSession.ts';
import { witnessOf } from '../charts/witness.svelte.ts';
import { pastRunOf } from '../history/pastRun.ts';
import { recallRun } from '../history/recallRun.svelte.ts';
import type { LiveSession } from '../live/connection.svelte.ts';

/**
 * Brings the run that is laid under the present one to a page that has not seen it: one that was
 * opened or loaded anew since, or on which another page has laid it. Belongs to a component. [P104]
 * @param shown under whose run it is laid: the session's present one, or a replay
 */
export function bringLaid(session: LiveSession, shown: ChartSession = session): void {
  const witness = witnessOf(shown);
  const missing = $derived(
    witness.laid !== null && !witness.has(witness.laid) ? witness.laid : null,
  );
  recallRun(
    session,
    () => missing,
    (run) => untrack(() => witness.keep(pastRunOf(run))),
  );
}
