import type { Column } from '../live/column.ts';
import type { ParticipantResults } from '../protocol/results.ts';
import { evaluationSteps, reportingGrid, windowEnd, type RunSettings } from './settings.ts';

/** Everything that a run's participant has reported, as the results tell it. */
export function recordedPoints(
  settings: RunSettings,
  columns: { losses: Column; times: Column; evaluations: Column },
): Pick<ParticipantResults, 'losses' | 'evaluations'> {
  const grid = reportingGrid(settings.steps);
  const steps = evaluationSteps(settings);
  const evaluations = columns.evaluations.slice(0);
  return {
    losses: Array.from(columns.losses.slice(0), (loss, k) => ({
      steps: windowEnd(grid, k),
      loss,
      seconds: secondsAt(columns.times, k),
    })),
    evaluations: Array.from({ length: columns.evaluations.length }, (_, k) => ({
      steps: steps[k]!,
      loss: evaluations[2 * k]!,
      accuracy: evaluations[2 * k + 1]!,
    })),
  };
}

/** To a hundredth, which a 32-bit float does not show. */
function secondsAt(times: Column, k: number): number | null {
  const seconds = times.at(k);
  return Number.isNaN(seconds) ? null : Math.round(seconds * 100) / 100;
}
