import { WORKSHOP } from '../../../shared/data/linear.ts';
import type { ParticipantView, RunView } from '../../../shared/protocol/views.ts';
import { stepsClosed, type LinearSettings } from '../../../shared/run/settings.ts';
import type { Board } from '../../live/board.ts';
import { Walk } from './walk.ts';

/** A trail's places lie at least this far apart, in units of w and b: about a pixel. */
const APART = 0.006;

/** One student's ball. */
export interface Ball {
  participant: ParticipantView;
  walk: Walk;
  divergedAt: number | null;
}

/** Everybody's ball, each at the step that the student's column has come to. */
export class Balls {
  private run = '';
  private readonly walks = new Map<number, Walk>();

  /**
   * Walks every ball to where its column ends, for as long as `stop` lets it. One whose column has
   * become shorter, as in a replay, begins anew: a walk only goes forward.
   * @returns the balls, and whether all have arrived
   */
  follow(
    run: RunView,
    participants: ReadonlyMap<number, ParticipantView>,
    board: Board,
    stop: () => boolean,
  ): { balls: Ball[]; arrived: boolean } {
    const { settings } = run;
    if (settings.experiment !== 'linear') return { balls: [], arrived: true };
    this.begin(run, settings);
    let arrived = true;
    const balls: Ball[] = [];
    for (const participant of participants.values()) {
      const { index, rate, status } = participant;
      if (rate === null) continue;
      const divergedAt = status.state === 'diverged' ? status.atStep : null;
      const column = board.losses.get(index);
      const goal = Math.max(column ? stepsClosed(board.grid, column.length) : 0, divergedAt ?? 0);
      let walk = this.walks.get(index);
      // Without a column nothing is known of it, as while a snapshot is on its way: it stays there.
      if (walk?.rate !== rate || (column && walk.steps > goal)) {
        walk = new Walk(settings, rate, WORKSHOP, APART);
        this.walks.set(index, walk);
      }
      if (!walk.goTo(goal, stop)) arrived = false;
      balls.push({ participant, walk, divergedAt });
    }
    return { balls, arrived };
  }

  private begin({ number }: RunView, settings: LinearSettings): void {
    const run = JSON.stringify([number, settings]);
    if (run === this.run) return;
    this.run = run;
    this.walks.clear();
  }
}
