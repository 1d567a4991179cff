import { expect, it } from 'vitest';
import { resultsOf } from '../../../server/rooms/results.ts';
import { takeLosses } from '../../../server/rooms/reports.ts';
import { MAX_RUN_SECONDS } from '../../../shared/limits.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom, PLAN } from './classroom.ts';

const SECOND = 1_000;

const PACED: Partial<RunPlan> = {
  settings: { ...PLAN.settings, steps: 100 },
  pace: { kind: 'paced', stepsPerSecond: 10 },
};
const RACE: Partial<RunPlan> = { settings: PLAN.settings, pace: { kind: 'race' } };

/** One student in a run, by default of 100 steps at 10 a second, of which 5 seconds are over. */
function running(plan: Partial<RunPlan> = PACED) {
  const classroom = new Classroom();
  const ada = classroom.join('Ada');
  classroom.run(plan);
  classroom.time.pass(5 * SECOND);
  const report = (from: number, count: number, seconds?: [number, number]) =>
    takeLosses(classroom.room, ada.index, {
      ...{ run: 1, from, losses: new Array<number>(count).fill(1), seconds },
    });
  const times = () => [...classroom.room.run!.entry(ada.index)!.times.slice(0)];
  return { classroom, report, times };
}

it('[P110] a loss was there when its device says, evenly between the first and the last', () => {
  const { report, times } = running();
  report(0, 5, [0.104, 0.504]);
  expect(times()).toEqual([0.1, 0.2, 0.3, 0.4, 0.5].map(Math.fround));
  // A repeat changes nothing, whatever it says.
  report(0, 7, [1, 4]);
  expect(times()).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 3.5, 4].map(Math.fround));
});

it('[P110] never before those that came before it, and never later than now', () => {
  const { report, times } = running();
  report(0, 1, [2, 2]);
  report(1, 1, [1, 1]);
  report(2, 1, [999, 999]);
  report(3, 1);
  report(4, 1, [4, 4]);
  expect(times()).toEqual([2, 2, 5, NaN, 4]);
});

it('[P110] never later than a column of times can tell', () => {
  const { classroom, report, times } = running(RACE);
  // Somebody who steps all the while keeps the run from being given up.
  for (let hour = 0; hour < 10; hour++) {
    classroom.time.pass(3_600 * SECOND);
    report(hour, 1, [3_600 * hour, 3_600 * hour]);
  }
  expect(times().slice(-2)).toEqual([8 * 3_600, MAX_RUN_SECONDS]);
});

it('[P110] a pause takes no time of the run', () => {
  const { classroom, report, times } = running();
  classroom.command('pause');
  classroom.time.pass(60 * SECOND);
  report(0, 1, [999, 999]);
  classroom.command('resume');
  classroom.time.pass(1.2 * SECOND);
  report(1, 1, [999, 999]);
  const [paused, resumed] = times();
  expect(paused).toBeCloseTo(5.3, 1);
  expect(resumed! - paused!).toBeCloseTo(1, 1);
});

it('[P111] screens and results are told when losses were there', () => {
  const { classroom, report } = running();
  classroom.heard();
  report(0, 2, [0.5, 0.75]);
  classroom.time.pass(SECOND);
  const [frame] = Classroom.frames(classroom.heard('screens'));
  expect(frame?.losses[0]?.times).toEqual(Float32Array.of(0.5, 0.75));
  report(2, 1);
  const [run] = resultsOf(classroom.room);
  const [student] = run!.participants();
  expect(student?.losses.map(({ seconds }) => seconds)).toEqual([0.5, 0.75, null]);
});
