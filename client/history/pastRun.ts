import { Column } from '../../shared/live/column.ts';
import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView, RunView, Status } from '../../shared/protocol/views.ts';
import { reportingGrid } from '../../shared/run/settings.ts';
import type { PastRun } from '../charts/witness.svelte.ts';

/** A run that the server has told of, as a chart's witness keeps those that it has seen itself. */
export function pastRunOf(result: RunResult): PastRun {
  const run = runViewOf(result);
  const { windows } = reportingGrid(run.settings.steps);
  const students = result.participants.flatMap((each) => {
    if (each.rate === null) return [];
    const losses = new Column(windows);
    losses.append(
      0,
      each.losses.map(({ loss }) => loss),
    );
    const times = timesOf(each, windows);
    const participant = participantOf(each, statusAtEnd(each));
    return [[each.index, { participant, losses, times }] as const];
  });
  return { run, students: new Map(students) };
}

/** Seconds of the run at each loss, NaN where they are not known. */
export function timesOf({ losses }: ParticipantResults, windows: number): Column {
  const times = new Column(windows);
  times.append(
    0,
    losses.map(({ seconds }) => seconds ?? NaN),
  );
  return times;
}

export function runViewOf({ number, settings, pace, rates, bets }: RunResult): RunView {
  return { number, settings, pace, rates, bets, clock: null, reference: null };
}

export function participantOf(
  { index, name, simulated, rate }: ParticipantResults,
  status: Status,
): ParticipantView {
  return { index, name, simulated, rate, status };
}

function statusAtEnd({ state, divergedAt }: ParticipantResults): Status {
  if (divergedAt !== null) return { state: 'diverged', atStep: divergedAt };
  return { state: state === 'done' ? 'done' : 'training' };
}
