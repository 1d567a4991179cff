import { expect, it } from 'vitest';
import { secondsAtSteps } from '../../../client/charts/seconds.ts';
import { pastRunOf } from '../../../client/history/pastRun.ts';
import { rangesOf, type Choice } from '../../../client/charts/chartScene.ts';
import type { Curve } from '../../../client/charts/curves.ts';
import { pastCurves } from '../../../client/charts/sessionCurves.ts';
import type { ParticipantResults, RunResult } from '../../../shared/protocol/results.ts';
import type { RunView } from '../../../shared/protocol/views.ts';

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

it('the axis reaches as far as the pace does, and of a race as far as the last device', () => {
  const choice = { metric: 'train', unit: 'seconds', xSpacing: 'linear', ySpacing: 'log' };
  const range = (pace: RunView['pace'], last: number, state: Curve['state']) => {
    const settings = { experiment: 'linear', steps: 100 };
    const run = { number: 1, settings, pace } as unknown as RunView;
    const extent = { least: { value: 1, k: 0 }, most: { value: 2, k: 1 } };
    const curve = { x: Float32Array.of(0, last), extent, state } as unknown as Curve;
    const zoom = { x: null, y: null };
    return rangesOf(run, [curve], { ...choice, zoom, clip: false } as unknown as Choice).x.max;
  };
  const paced = { kind: 'paced', stepsPerSecond: 20 } as const;
  expect(range(paced, 1, 'training')).toBe(5.25);
  expect(range(paced, 5.1, 'training')).toBe(5.25);
  expect(range(paced, 7, 'training')).toBe(10);
  expect(range({ kind: 'race' }, 7, 'training')).toBe(10);
  expect(range({ kind: 'race' }, 7, 'done')).toBe(7);
});
