import { describe, expect, it } from 'vitest';
import { lessonsOf } from '../../../client/brain/lessons.ts';
import type { ClassBrainResult, Together } from '../../../shared/run/classBrain.ts';

const score = (accuracy: number) => ({ accuracy, perClass: [] });
const together = (average: number, vote: number): Together => ({
  average: score(average),
  vote: score(vote),
});
const PLAN = { run: 1, steps: 1, best: 1, members: [], students: 0 };

function result(rest: Partial<ClassBrainResult>): ClassBrainResult {
  return {
    ...{ kind: 'classifier', plan: PLAN, accuracies: [], mean: 0.8 },
    ...{ best: score(0.9), bestOnTest: { ...score(0.9), rate: 1 } },
    ...{ sound: together(0.9, 0.9), good: null, all: null },
    ...rest,
  };
}

describe('what a class brain teaches', () => {
  it('is that models from the same start can be averaged, where they can', () => {
    expect(lessonsOf(result({}))).toEqual(['averageHolds', 'crowd']);
    expect(lessonsOf(result({ mean: 0.899 }))).toEqual(['averageHolds']);
  });

  it('is what went wrong where the average is bad, and what helps', () => {
    const sound = together(0.1, 0.85);
    expect(lessonsOf(result({ sound }))).toEqual(['averageFails', 'voteWins', 'crowd']);
    expect(lessonsOf(result({ sound, good: together(0.91, 0.9) }))).toContain('goodHold');
    expect(lessonsOf(result({ sound, good: together(0.5, 0.9) }))).not.toContain('goodHold');
  });

  it('compares with the model that knows most, also where another has the lowest training loss', () => {
    const bestOnTest = { ...score(0.95), rate: 0.1 };
    expect(lessonsOf(result({ bestOnTest }))).toContain('averageFails');
  });

  it('is what the diverged do to it', () => {
    expect(lessonsOf(result({ all: together(0.1, 0.9) }))).toContain('divergedRuin');
    expect(lessonsOf(result({ all: together(0.9, 0.9) }))).toContain('divergedHarmless');
  });
});
