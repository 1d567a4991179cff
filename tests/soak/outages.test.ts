import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { endure } from '../outages.ts';

/** Forty seconds, with a window for each step. */
const PLAN: RunPlan = {
  settings: {
    experiment: 'linear',
    model: 'perceptron',
    seed: 1,
    steps: 1_000,
    init: { kind: 'zeros' },
  },
  pace: { kind: 'paced', stepsPerSecond: 25 },
  rates: { kind: 'spread', from: 0.001, to: 0.1 },
};

it.each(['stall', 'cut', 'lose'] as const)(
  '[P18] a third of the class without network for 20 s (%s) ends with every bit, and the others go on',
  async (how) => {
    const { arrived, through, longestSilence } = await endure(PLAN, [{ how, from: 100, to: 600 }]);
    const [{ before, after }] = arrived as [(typeof arrived)[0]];
    process.stdout.write(
      `${how}: the class went from step ${before} to ${after} meanwhile, ` +
        `the instructor heard nothing for ${longestSilence.toFixed(0)} ms at most\n`,
    );
    expect(through).toBeLessThan(25);
    expect(after).toBeGreaterThan(before + 400);
    expect(longestSilence).toBeLessThan(2_000);
  },
);
