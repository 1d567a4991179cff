import { Column } from '../../shared/live/column.ts';
import type { Standings } from '../../shared/protocol/frame.ts';
import type { RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { rankingLoss, rankingSpan } from '../../shared/run/ranking.ts';
import { reportingGrid, windowsClosed } from '../../shared/run/settings.ts';
import { participantOf, timesOf } from './pastRun.ts';

/** A run at one of its steps. */
export interface Moment {
  participants: ParticipantView[];
  columns: Map<number, Column>;
  /** When each loss was there, as it was recorded. */
  times: Map<number, Column>;
  /** (loss, accuracy) pairs on the test data, as they were recorded: computing them again would cost most. */
  evaluations: Map<number, Column>;
  standings: Standings;
}

/**
 * How a run stood when everybody had done `step` steps.
 * @param curves the whole curve of each learning rate that is there
 */
export function momentOf(
  { settings, participants }: RunResult,
  curves: ReadonlyMap<number, Float32Array>,
  step: number,
): Moment {
  const grid = reportingGrid(settings.steps);
  const arrived = windowsClosed(grid, step);
  const moment: Moment = {
    participants: [],
    columns: new Map(),
    times: new Map(),
    evaluations: new Map(),
    standings: { arrived, order: [] },
  };
  const ranked: { index: number; group: number; value: number }[] = [];
  for (const each of participants) {
    const curve = each.rate === null ? undefined : curves.get(each.rate);
    if (!curve) continue;
    const { index, divergedAt } = each;
    const hasDiverged = divergedAt !== null && divergedAt <= step;
    const column = new Column(grid.windows);
    column.append(0, curve.subarray(0, arrived));
    moment.columns.set(index, column);
    moment.times.set(
      index,
      timesOf({ ...each, losses: each.losses.slice(0, column.length) }, grid.windows),
    );
    const tested = each.evaluations.filter(({ steps }) => steps <= step);
    const evaluations = new Column(tested.length, 2);
    evaluations.append(
      0,
      tested.flatMap(({ loss, accuracy }) => [loss, accuracy]),
    );
    moment.evaluations.set(index, evaluations);
    const isDone = column.isFull;
    moment.participants.push(
      participantOf(
        each,
        hasDiverged
          ? { state: 'diverged', atStep: divergedAt }
          : { state: isDone ? 'done' : 'training' },
      ),
    );
    const loss = rankingLoss(curve, Math.min(arrived, curve.length), rankingSpan(settings));
    ranked.push({
      index,
      group: hasDiverged ? 1 : 0,
      value: hasDiverged ? -divergedAt : (loss ?? 0),
    });
  }
  ranked.sort((a, b) => a.group - b.group || a.value - b.value || a.index - b.index);
  moment.standings.order = ranked.map(({ index }) => index);
  return moment;
}

/** Students whose recorded curve is not the recomputed one, bit for bit, as far as both go. */
export function differing(
  { participants }: RunResult,
  curves: ReadonlyMap<number, Float32Array>,
): string[] {
  return participants.flatMap(({ name, rate, losses }) => {
    const curve = rate === null ? undefined : curves.get(rate);
    if (!curve) return [];
    const same = losses.every(({ loss }, k) => k >= curve.length || loss === curve[k]);
    return same && losses.length <= curve.length ? [] : [name];
  });
}
