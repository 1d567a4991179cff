import { Column } from '../../shared/live/column.ts';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import type { RecalledRun } from '../../shared/protocol/recalled.ts';
import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { recordedPoints } from '../../shared/run/recordedPoints.ts';
import { reportingGrid } from '../../shared/run/settings.ts';
import { Board } from '../live/board.ts';

const NOTHING = { losses: new Column(0), times: new Column(0), evaluations: new Column(0, 2) };

/**
 * A run that the room has told of, as its results tell it; what they say besides of places, bets and
 * verdicts is not in it. Throws a FrameError where its points cannot be read.
 * @param people everybody in the room, under the names that this page knows
 */
export function resultOf(
  { number, settings, pace, rates, bets, arrived, students, points }: RecalledRun,
  people: ReadonlyMap<number, ParticipantView>,
): RunResult {
  const board = new Board();
  board.follow({
    ...{ number, settings, pace, rates, bets, clock: null, reference: null },
  });
  board.apply(decodeFrame(points));
  const { windows } = reportingGrid(settings.steps);
  return {
    ...{ number, settings, pace, rates, bets, arrived },
    participants: students.flatMap(({ participant, rate, divergedAt }): ParticipantResults[] => {
      const known = people.get(participant);
      if (!known) return [];
      const columns = {
        losses: board.losses.get(participant) ?? NOTHING.losses,
        times: board.times.get(participant) ?? NOTHING.times,
        evaluations: board.evaluations.get(participant) ?? NOTHING.evaluations,
      };
      const isDone = columns.losses.length === windows;
      return [
        {
          ...{ index: participant, name: known.name, simulated: known.simulated, rate, divergedAt },
          ...{ rank: null, verdict: null, bet: null, outcome: null, betPoints: null },
          state: divergedAt !== null ? 'diverged' : isDone ? 'done' : 'unfinished',
          ...recordedPoints(settings, columns),
        },
      ];
    }),
  };
}
