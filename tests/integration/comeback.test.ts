import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { comeBack, expectUndisturbed } from '../comeback.ts';

const STUDENTS = 10;

/** Three seconds of training; the highest rates diverge. */
const PLAN: RunPlan = {
  settings: {
    experiment: 'linear',
    model: 'perceptron',
    seed: 1,
    steps: 600,
    init: { kind: 'zeros' },
  },
  pace: { kind: 'paced', stepsPerSecond: 200 },
  rates: { kind: 'spread', from: 0.001, to: 1 },
};

it('[P18] after kill -9 in mid-run the class is back by itself, is asked for what is missing, and ends with every bit', async () => {
  const { returns, stored } = await comeBack(STUDENTS, PLAN, 'SIGKILL');
  expect(returns.some(({ held, acknowledged }) => held < acknowledged)).toBe(true);
  // Whoever was slow to begin may have nothing on the disk yet; what is there is not asked for.
  expect(returns.some(({ held }) => held > 0)).toBe(true);
  await expectUndisturbed(stored, PLAN);
});

it('after SIGTERM in mid-run nothing that was acknowledged is missing', async () => {
  const { returns, stored } = await comeBack(STUDENTS, PLAN, 'SIGTERM');
  expect(returns.filter(({ held, acknowledged }) => held < acknowledged)).toEqual([]);
  await expectUndisturbed(stored, PLAN);
});
