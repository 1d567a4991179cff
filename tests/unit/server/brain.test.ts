import { describe, expect, it } from 'vitest';
import { brainPlan } from '../../../server/rooms/brain.ts';
import { Classroom } from './classroom.ts';

function losses(count: number, to: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.fround(4 + ((to - 4) * k) / 9));
}

/** Rates 0.1, 0.5, 1 and 2, dealt in turn to five students. */
function classOfFive(): Classroom {
  const classroom = new Classroom();
  for (const name of ['Ada', 'Bob', 'Cem', 'Dua', 'Eve']) classroom.join(name);
  classroom.run({ rates: { kind: 'list', rates: [0.1, 0.5, 1, 2] } });
  return classroom;
}

describe('what the class brain is made of', () => {
  it('[P70] is every rate once with its students, told at the end of the run', () => {
    const classroom = classOfFive();
    expect(brainPlan(classroom.room)).toEqual({ refusal: 'wrong_phase' });
    classroom.losses(0, 0, losses(10, 3.9));
    classroom.losses(1, 0, losses(10, 0.01));
    classroom.losses(2, 0, losses(10, 0.02));
    classroom.losses(3, 0, [4, 900], 2);
    classroom.losses(4, 0, losses(10, 3.9));
    classroom.time.pass(200);
    expect(brainPlan(classroom.room)).toEqual({
      run: 1,
      steps: 10,
      best: 0.5,
      students: 5,
      members: [
        { rate: 0.1, students: 2, divergedAt: null, isGood: false },
        { rate: 0.5, students: 1, divergedAt: null, isGood: true },
        { rate: 1, students: 1, divergedAt: null, isGood: true },
        { rate: 2, students: 1, divergedAt: 2, isGood: false },
      ],
    });
    classroom.time.pass(1_000);
    classroom.verifier.conclude({ 1: { state: 'refuted', atStep: 1 } });
    classroom.time.pass(200);
    expect(brainPlan(classroom.room)).toMatchObject({ best: 1, students: 4 });
  });

  it('[P70] is of those who came as far as all are compared, and of nobody where all diverged', () => {
    const classroom = classOfFive();
    for (const index of [0, 1, 2, 3]) classroom.losses(index, 0, losses(4, 1 + index));
    classroom.losses(4, 0, losses(2, 1));
    classroom.command('stop');
    // Eve has two windows, and is waited for no longer when she has gone.
    expect(brainPlan(classroom.room)).toMatchObject({ steps: 2, students: 5 });
    const lost = classOfFive();
    for (const index of [0, 1, 2, 3, 4]) lost.losses(index, 0, [4], 1);
    lost.time.pass(200);
    expect(lost.room.phase).toBe('finished');
    expect(brainPlan(lost.room)).toEqual({ refusal: 'no_models' });
    expect(brainPlan(new Classroom().room)).toEqual({ refusal: 'no_run' });
  });
});
