import { untrack } from 'svelte';
import type { CalmVersion } from '../charts/calmVersion.svelte.ts';
import type { ChartSession } from '../charts/chartSession.ts';

/** The lead changes often; a picture that changed as often would show nothing. In ms. */
const LEAD_MS = 4_000;

/** Who leads, but not for less than a few seconds while a run goes on. Made within a component. */
export class CalmLead {
  /** A participant's index, or null while nobody leads. */
  current = $state<number | null>(null);
  private since = 0;

  constructor(session: ChartSession, calm: CalmVersion) {
    $effect(() => {
      void calm.current;
      const leader = session.board.standings.order[0] ?? null;
      const before = untrack(() => this.current);
      const settled = session.view?.phase !== 'running';
      if (before !== null && !settled && performance.now() - this.since < LEAD_MS) return;
      if (leader !== before) this.since = performance.now();
      this.current = leader;
    });
  }
}
