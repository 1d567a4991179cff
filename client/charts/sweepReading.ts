import type { RunView } from '../../shared/protocol/views.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { edgeOfStability } from '../../shared/model/edge.ts';
import type { Range } from './axis.ts';
import type { Curve } from './curves.ts';
import { extentOf } from './extent.ts';
import { firstAtMost } from './reach.ts';
import type { Standing } from './standing.ts';
import type { SweepPoint } from './sweep.ts';
import type { SweepChoice } from '../../shared/wall.ts';
import type { Spacing } from './ticks.ts';
import {
  goodRates,
  judge,
  type GoodRates,
  type Tried,
  type Judgement,
} from '../../shared/run/judgement.ts';
import { visibleRange } from './visibleRange.ts';

/** What a learning rate is judged by: the loss that it led to, or the steps it took to a given one. */
export type SweepMeasure = SweepChoice['measure'];

/** One student of the sweep. */
export interface SweepRow {
  participant: number;
  name: string;
  rate: number;
  /** The loss at the step at which everybody is compared; null for a diverged run. */
  loss: number | null;
  /** Steps done when the loss was first as low as the goal; null before that. */
  steps: number | null;
  judgement: Judgement | null;
}

/** The loss that is to be reached where nobody has chosen one: this part of the loss at the start. */
const USUAL_GOAL = 0.2;

/** The learning rate from which the theory says that the model diverges, where there is one. */
export function edgeOf(run: RunView | null): number | null {
  return run?.settings.experiment === 'linear' ? edgeOfStability(WORKSHOP.x) : null;
}

/** The loss with which the class began, as far as its curves tell; null before they do. */
export function startingLoss(curves: readonly Curve[]): number | null {
  const first = curves.flatMap(({ extent }) => extent.first ?? []).sort((a, b) => a - b);
  return first[first.length >> 1] ?? null;
}

export function usualGoal(start: number): number {
  return Number((start * USUAL_GOAL).toPrecision(1));
}

/**
 * Everybody who can be compared, by learning rate.
 * @param curves losses against steps
 */
export function sweepRows(
  all: readonly Standing[],
  curves: readonly Curve[],
  goal: number | null,
): { rows: SweepRow[]; good: GoodRates | null } {
  const byParticipant = new Map(curves.map((curve) => [curve.participant, curve]));
  const rows = all.flatMap(({ participant, loss }): SweepRow[] => {
    const { index, name, rate, status, verdict } = participant;
    const diverged = status.state === 'diverged';
    if (rate === null || (loss === null && !diverged)) return [];
    // An invented curve teaches nothing.
    if (verdict?.state === 'refuted') return [];
    const curve = byParticipant.get(index);
    const k = curve && goal !== null ? firstAtMost(curve.y, goal) : null;
    return [
      {
        participant: index,
        name,
        rate,
        loss: diverged ? null : loss,
        steps: k === null ? null : curve!.x[k]!,
        judgement: null,
      },
    ];
  });
  const tried: Tried[] = rows;
  const good = goodRates(tried, startingLoss(curves) ?? 0);
  return {
    rows: rows
      .map((row) => ({ ...row, judgement: judge(row, good) }))
      .sort((a, b) => a.rate - b.rate),
    good,
  };
}

export function sweepPoints(rows: readonly SweepRow[], measure: SweepMeasure): SweepPoint[] {
  return rows.map(({ participant, rate, loss, steps }) => ({
    participant,
    rate,
    value: loss === null ? 'diverged' : measure === 'loss' ? loss : (steps ?? 'notYet'),
  }));
}

/** The axis: from where everybody began to where each is now, or the whole run in steps. */
export function sweepRange(
  rows: readonly SweepRow[],
  measure: SweepMeasure,
  start: number | null,
  run: RunView | null,
  spacing: Spacing,
): Range {
  if (measure === 'steps') {
    const max = run?.settings.steps ?? 1;
    return { min: spacing === 'log' ? Math.min(1, max / 2) : 0, max };
  }
  const losses = rows.flatMap(({ loss }) => loss ?? []);
  return visibleRange(
    losses.map((loss) => ({
      extent: extentOf([start ?? loss, loss, loss, loss]),
      diverged: false,
    })),
    spacing,
  );
}
