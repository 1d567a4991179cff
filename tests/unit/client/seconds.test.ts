import { expect, it } from 'vitest';
import { secondsAtSteps } from '../../../client/charts/seconds.ts';
import { pastRunOf } from '../../../client/history/pastRun.ts';
import { pastCurves } from '../../../client/charts/sessionCurves.ts';
import type { ParticipantResults, RunResult } from '../../../shared/protocol/results.ts';

it('a device was at a step evenly between the windows around it, as far as it has come', () => {
  const grid = { steps: 10, every: 4, windows: 3 };
  const times = Float32Array.of(2, 3, 7);
  expect(secondsAtSteps(times, grid, [0, 2, 4, 5, 9, 10])).toEqual(
    Float32Array.of(0, 1, 2, 2.25, 5, 7),
  );
  expect(secondsAtSteps(times.subarray(0, 1), grid, [2, 4, 5])).toEqual(Float32Array.of(1, 2));
  expect(secondsAtSteps(Float32Array.of(NaN, 3), grid, [2, 8])).toEqual(Float32Array.of(NaN, 3));
});

it('an earlier run lies under the present one in its own seconds', () => {
  const losses = [4, 2].map((loss, k) => ({ steps: k + 1, loss, seconds: k === 0 ? null : 0.25 }));
  const ada = { index: 0, name: 'Ada', rate: 0.1, divergedAt: null, state: 'unfinished', losses };
  const run: RunResult = {
    ...{ number: 1, arrived: 2, pace: { kind: 'race' } },
    settings: {
      ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 4, init: { kind: 'zeros' } },
    },
    rates: { kind: 'list', rates: [0.1] },
    participants: [ada as unknown as ParticipantResults],
  };
  const [curve] = pastCurves(pastRunOf(run), 'seconds', 0);
  expect(curve?.x).toEqual(Float32Array.of(NaN, 0.25));
  expect(curve?.y).toEqual(Float32Array.of(4, 2));
});
