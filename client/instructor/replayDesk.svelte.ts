import { onDestroy, untrack } from 'svelte';
import { TIMING } from '../../shared/limits.ts';
import type { ShownReplay } from '../../shared/wall.ts';
import type { CurveFocus } from '../charts/focus.svelte.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import { sentAs } from '../live/sentAs.ts';
import { SharedFields } from '../live/sharedFields.ts';
import { pointAt } from './finger.svelte.ts';

interface Shared {
  shown: ShownReplay | null;
}

/** One instructor's page as the desk from which a replay is shown on the projectors. [P105] */
export class ReplayDesk {
  /** Whether the projectors show what is replayed on this page. */
  onWall = $state(false);
  /** What is replayed here; null for nothing. */
  private own = $state.raw<{ shown: ShownReplay; focus: CurveFocus } | null>(null);

  constructor(private readonly session: LiveSession) {
    const offered = $derived(this.onWall && this.own ? this.own.shown : null);
    const replay = new SharedFields<Shared>({
      send: async ({ shown }) =>
        sentAs(await session.request('replay', { shown: shown ?? 'none' })),
      take: ({ shown }) => this.take(shown),
      pause: TIMING.conducting,
    });
    // With the connection the room has let go of what this page showed.
    $effect(() => {
      if (session.status.state !== 'live') return;
      untrack(() => replay.begin({ shown: session.screen.replay }, { shown: offered }));
    });
    $effect(() => {
      const { replay: shown } = session.screen;
      untrack(() => replay.receive({ shown }));
    });
    $effect(() => {
      const now = { shown: offered };
      untrack(() => replay.offer(now));
    });
    pointAt(session, () => (this.onWall ? (this.own?.focus.hovered ?? null) : null));
    onDestroy(() => replay.end());
  }

  /** Whether there is a projector that could show it. */
  get hasWall(): boolean {
    return this.session.screen.projectors > 0;
  }

  /** Number of the run that the projectors show, where another page has them do so. */
  get elsewhere(): number | null {
    return this.onWall ? null : (this.session.screen.replay?.run ?? null);
  }

  /** This page shows this moment of a run. */
  show(shown: ShownReplay, focus: CurveFocus): void {
    this.own = { shown, focus };
  }

  /** It shows no run again any more. */
  close(): void {
    this.own = null;
  }

  /**
   * The projectors may show the present run again, or what another page shows. It is no echo of this
   * page's own, which would be the same moment: the room keeps its run and its step.
   */
  private take(shown: ShownReplay | null): void {
    if (!this.own) return;
    const { run, step } = this.own.shown;
    if (shown?.run !== run || shown.step !== step) this.onWall = false;
  }
}
