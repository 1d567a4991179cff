import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { comeBack, expectUndisturbed } from '../comeback.ts';

const STUDENTS = 200;

/** Half a minute, and as many loss points as a run can have. */
const PLAN: RunPlan = {
  settings: {
    experiment: 'linear',
    model: 'perceptron',
    seed: 1,
    steps: 6_000,
    init: { kind: 'zeros' },
  },
  pace: { kind: 'paced', stepsPerSecond: 200 },
  rates: { kind: 'spread', from: 0.0001, to: 2 },
};

it.each(['SIGKILL', 'SIGTERM'] as const)(
  '[P18] a class of 200 whose server got %s in mid-run ends with every bit',
  async (signal) => {
    const { returns, stored, outage } = await comeBack(STUDENTS, PLAN, signal);
    const missing = returns.map(({ held, acknowledged }) => Math.max(0, acknowledged - held));
    const sum = missing.reduce((all, each) => all + each, 0);
    process.stdout.write(
      `${signal}: all ${STUDENTS} back after ${(outage / 1_000).toFixed(1)} s, ` +
        `${sum} acknowledged points asked for again, ${Math.max(...missing)} of one student at most\n`,
    );
    if (signal === 'SIGTERM') expect(sum).toBe(0);
    else expect(sum).toBeGreaterThan(0);
    await expectUndisturbed(stored, PLAN);
  },
);
