import { untrack } from 'svelte';
import type { ChartSession } from './chartSession.ts';
import { comparedStep, standings, type Standing } from './standing.ts';

/** Rows that change places faster than this cannot be read, in ms. */
const PAUSE = 500;

/** Everybody at one and the same step. */
export interface Snapshot {
  /** The step at which all are compared. */
  step: number;
  all: readonly Standing[];
}

/** What all components of one session have in common, so that none is ahead of another. */
class Calm {
  version = $state(0);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private followers = 0;
  private stop: (() => void) | undefined;
  private kept: { key: string; snapshot: Snapshot } | undefined;

  constructor(private readonly session: ChartSession) {
    this.version = untrack(() => session.version);
  }

  get snapshot(): Snapshot {
    const { session } = this;
    // Another run or phase is news that does not wait.
    const key = `${this.version} ${session.view?.run?.number} ${session.view?.phase}`;
    if (this.kept?.key !== key) {
      const snapshot = untrack(() => ({
        step: comparedStep(session.board),
        all: standings(session.view?.run ?? null, session.participants, session.board),
      }));
      this.kept = { key, snapshot };
    }
    return this.kept.snapshot;
  }

  /** Follows the session until the returned function is called, and as long as anybody else does. */
  follow(): () => void {
    if (this.followers++ === 0) this.stop = $effect.root(() => this.watch());
    return () => {
      if (--this.followers > 0) return;
      this.stop?.();
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  private watch(): void {
    // Paper shows what there is now: it cannot wait for the next step.
    $effect(() => {
      const catchUp = () => (this.version = this.session.version);
      window.addEventListener('beforeprint', catchUp);
      return () => window.removeEventListener('beforeprint', catchUp);
    });
    $effect(() => {
      const { version } = this.session;
      if (this.timer !== undefined) return;
      this.version = version;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.version = this.session.version;
      }, PAUSE);
    });
  }
}

const calms = new WeakMap<ChartSession, Calm>();

/**
 * Follows a session's `version`, but in no faster steps than the eye, and in the same steps
 * wherever the session is shown. Made within a component.
 */
export class CalmVersion {
  private readonly calm: Calm;

  constructor(session: ChartSession) {
    const calm = calms.get(session) ?? new Calm(session);
    calms.set(session, calm);
    this.calm = calm;
    $effect(() => untrack(() => calm.follow()));
  }

  get current(): number {
    return this.calm.version;
  }

  /** The class at `current`: the same object for all that show it. */
  get snapshot(): Snapshot {
    return this.calm.snapshot;
  }
}
