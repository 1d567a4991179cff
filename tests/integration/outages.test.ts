import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { endure } from '../outages.ts';

/** Eight seconds; no learning rate diverges. */
const PLAN: RunPlan = {
  settings: {
    experiment: 'linear',
    model: 'perceptron',
    seed: 1,
    steps: 800,
    init: { kind: 'zeros' },
  },
  pace: { kind: 'paced', stepsPerSecond: 100 },
  rates: { kind: 'spread', from: 0.001, to: 0.1 },
};

it('[P18] a third of the class whose network stalls, is cut, and loses what it carries ends with every bit, and the others go on', async () => {
  const { arrived, through, longestSilence } = await endure(PLAN, [
    { how: 'stall', from: 50, to: 120 },
    { how: 'cut', from: 120, to: 520 },
    { how: 'lose', from: 560, to: 640 },
  ]);
  // Of each, what was under way: two reports, the delay and a tick.
  expect(through).toBeLessThan(50);
  // Nobody waits for who is away for longer than a moment.
  expect(arrived[1]!.after).toBeGreaterThan(arrived[1]!.before + 200);
  expect(longestSilence).toBeLessThan(1_000);
});
