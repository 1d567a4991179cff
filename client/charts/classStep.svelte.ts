import { clockStep } from '../../shared/clock.ts';
import type { ChartSession } from './chartSession.ts';
import { CalmVersion } from './calmVersion.svelte.ts';

const REFRESH = 100;

/** Where the class stands by the common clock, refreshed while it moves. Made within a component. */
export class ClassStep {
  private now = $state(0);
  private readonly calm: CalmVersion;

  constructor(private readonly session: ChartSession) {
    this.calm = new CalmVersion(session);
    $effect(() => {
      const phase = this.session.view?.phase;
      this.now = this.session.serverNow();
      if (phase !== 'countdown' && phase !== 'running' && phase !== 'paused') return;
      const timer = setInterval(() => (this.now = this.session.serverNow()), REFRESH);
      return () => clearInterval(timer);
    });
  }

  /** Whole seconds until the first step, or null when nothing is being counted down. */
  get countdown(): number | null {
    const { phase, run } = this.session.view ?? {};
    if (phase !== 'countdown' || !run?.clock) return null;
    return Math.max(1, Math.ceil((run.clock.at - this.now) / 1_000));
  }

  /** Steps that everybody has done whom the class waits for; null in a race, where `step` says so. */
  get arrived(): number | null {
    const clock = this.session.view?.run?.clock;
    return clock?.kind === 'paced' ? this.calm.snapshot.step : null;
  }

  /** Steps that everybody should have done; in a race, those that everybody has done. */
  get step(): number {
    const clock = this.session.view?.run?.clock;
    if (!clock) return 0;
    return clock.kind === 'paced' ? clockStep(clock, this.now) : this.calm.snapshot.step;
  }
}
