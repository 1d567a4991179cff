import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { isComparable } from '../../shared/run/comparable.ts';
import type { Phase } from '../../shared/session.ts';
import type { ShownReplay, WallView } from '../../shared/wall.ts';
import type { Outlet } from './outlet.ts';
import type { Roster } from './roster.ts';
import type { Run } from './run.ts';

/** What a view of a run asks of its room. */
export interface Viewed {
  roster: Roster;
  /** All that the session remembers. */
  runs: readonly Run[];
}

/** A view of a run without what cannot be shown: who is not in the room, a run that cannot lie under it. */
export function soundView(view: WallView, run: Run | null, { roster, runs }: Viewed): WallView {
  const present = (indices: readonly number[]) => indices.filter((index) => roster.get(index));
  const under = runs.find(({ number }) => number === view.laid);
  const canLie =
    run !== null &&
    under !== undefined &&
    under !== run &&
    under.hasBegun &&
    isComparable(under.plan.settings, run.plan.settings);
  return {
    ...view,
    pins: present(view.pins),
    hidden: present(view.hidden),
    laid: canLie ? view.laid : null,
  };
}

/** A run that the projectors of a room show again in the place of the present one. [P105] */
export class WallReplay {
  private shownBy: { shown: ShownReplay; peer: string } | null = null;

  constructor(private readonly room: Viewed & { context: { outlet: Outlet }; phase: Phase }) {}

  get shown(): ShownReplay | null {
    return this.shownBy?.shown ?? null;
  }

  /** Whether this run is shown, or laid under the one that is. */
  shows(run: number): boolean {
    return this.shown !== null && (this.shown.run === run || this.shown.view.laid === run);
  }

  /** Shows a run; null takes back only what this page shows. */
  show(peer: string, shown: ShownReplay | null): Refusal | null {
    if (shown === null) {
      this.letGo(peer);
      return null;
    }
    if (this.room.phase === 'countdown') return REFUSALS.wrongPhase;
    const run = this.room.runs.find(({ number }) => number === shown.run);
    if (!run?.hasBegun) return REFUSALS.wrongRun;
    const step = Math.min(shown.step, run.plan.settings.steps);
    const view = soundView(shown.view, run, this.room);
    this.turn({ shown: { run: run.number, step, view }, peer });
    return null;
  }

  /** This page has gone, or shows no run any more. */
  letGo(peer: string): void {
    if (this.shownBy?.peer === peer) this.turn(null);
  }

  /** An instructor wants it, the class is needed at the present run, or the other is remembered no longer. */
  end(): void {
    if (this.shownBy) this.turn(null);
  }

  /** Another run is there: some may be forgotten. */
  follow(): void {
    const { shown } = this;
    if (shown && !this.room.runs.some(({ number }) => number === shown.run)) this.end();
  }

  private turn(next: { shown: ShownReplay; peer: string } | null): void {
    this.shownBy = next;
    this.room.context.outlet.broadcast('screens', 'replay', this.shown);
  }
}
