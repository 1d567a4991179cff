import { onDestroy, untrack } from 'svelte';
import { TIMING } from '../../shared/limits.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import { sentAs } from '../live/sentAs.ts';
import { SharedFields } from '../live/sharedFields.ts';

interface Pointing {
  participant: number | 'none';
}

/**
 * Points on the projectors at whom this page points at. Belongs to a component. [P101]
 * @param whom the participant; null for nobody
 */
export function pointAt(session: LiveSession, whom: () => number | null): void {
  const finger = new SharedFields<Pointing>({
    send: async ({ participant = 'none' }) =>
      sentAs(await session.request('point', { participant })),
    take: () => {},
    pause: TIMING.conducting,
  });
  const participant: Pointing['participant'] = $derived(whom() ?? 'none');
  // A room that has lost the connection has let go.
  $effect(() => {
    if (session.status.state !== 'live') return;
    untrack(() => finger.begin({ participant: 'none' }, { participant }));
  });
  $effect(() => {
    const now = { participant };
    untrack(() => finger.offer(now));
  });
  onDestroy(() => finger.end());
}
