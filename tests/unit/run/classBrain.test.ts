import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import type { PointSet } from '../../../shared/data/toy.ts';
import { ParameterMean } from '../../../shared/model/average.ts';
import { Ballot } from '../../../shared/model/ballot.ts';
import { createClassifier } from '../../../shared/model/createClassifier.ts';
import { largest } from '../../../shared/model/crossEntropy.ts';
import { affordable, membersOf, type BrainPlan } from '../../../shared/run/brainMembers.ts';
import { ClassBrain, type ClassBrainResult } from '../../../shared/run/classBrain.ts';
import { createLearner, toyData } from '../../../shared/run/learner.ts';
import { lineBrain } from '../../../shared/run/lineBrain.ts';
import type { LinearSettings, RunSettings, ToySettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';
import { createKernelSpace } from '../../../server/data/kernels.ts';

const TOY: ToySettings = {
  ...{ experiment: 'toy', model: 'mlp', seed: 3, steps: 60, init: { kind: 'seed' } },
  ...{ shape: 'moons', points: 60, hidden: 4, activation: 'tanh', batchSize: 8, order: 'shuffle' },
};
const LINE: LinearSettings = {
  ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 30, init: { kind: 'zeros' } },
};

function plan(steps: number, ...members: BrainPlan['members']): BrainPlan {
  return { run: 1, steps, best: members[0]!.rate, members, students: members.length };
}

/** The plain way: a whole training, with nothing but its end looked at. */
function trained(settings: RunSettings & { experiment: 'toy' | 'linear' }, rate: number) {
  const data =
    settings.experiment === 'toy'
      ? toyData(settings)
      : { experiment: 'linear' as const, points: WORKSHOP };
  const learner = createLearner(settings, rate, data);
  const training = new Training(settings, learner);
  while (training.advance(settings.steps, () => false));
  return learner;
}

/** The same brain, cut into pieces of `pieces` looks at the clock. */
async function brain(of: BrainPlan, pieces: number, kernels: boolean) {
  const space = kernels ? await createKernelSpace() : null;
  const data = toyData(TOY);
  if (data.experiment !== 'toy') throw new Error('no points');
  const made = new ClassBrain(of, { settings: TOY, ...data, space: () => space });
  let looks = 0;
  for (;;) {
    const result = made.advance(() => ++looks % pieces === 0);
    if (result) return { made, result: result as ClassBrainResult };
  }
}

describe('the mean of parameters', () => {
  it('is the readable sum from the left to the right, each model counted by its students', () => {
    const values = fc.float32Array({ minLength: 3, maxLength: 3 });
    const model = fc.record({ a: values, b: values, students: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(fc.array(model, { minLength: 1, maxLength: 8 }), (models) => {
        const mean = new ParameterMean();
        for (const { a, b, students } of models) mean.add({ parameters: [a, b], students });
        for (const [p, name] of (['a', 'b'] as const).entries()) {
          for (let i = 0; i < 3; i++) {
            let sum = 0;
            let students = 0;
            for (const each of models) {
              sum = sum + each.students * each[name][i]!;
              students = students + each.students;
            }
            expect(mean.wide![p]![i]).toBe(sum / students);
            expect(mean.narrow![p]![i]).toBe(Math.fround(sum / students));
          }
        }
      }),
    );
  });

  it('is refused to models of different shapes, and none of none', () => {
    const mean = new ParameterMean();
    expect(mean.narrow).toBeNull();
    mean.add({ parameters: [[1, 2]], students: 1 });
    expect(() => mean.add({ parameters: [[1]], students: 1 })).toThrow(RangeError);
    expect(() => mean.add({ parameters: [[1, 2], [3]], students: 1 })).toThrow(RangeError);
  });
});

describe('a vote', () => {
  it('is won by most students, and at equal numbers by the lower class', () => {
    const ballot = new Ballot(2, 3);
    ballot.add([2, 1], 2);
    ballot.add([1, 2], 1);
    expect([ballot.winner(0), ballot.winner(1)]).toEqual([2, 1]);
    ballot.add([1, 2], 1);
    expect([ballot.winner(0), ballot.winner(1)]).toEqual([1, 1]);
    expect([...ballot.shares(0)]).toEqual([0, 0.5, 0.5]);
  });
});

describe('the class brain of classifiers', () => {
  const members = [
    { rate: 0.3, students: 2, divergedAt: null, isGood: false },
    { rate: 0.5, students: 1, divergedAt: null, isGood: false },
    { rate: 1, students: 1, divergedAt: null, isGood: false },
  ];

  it('is the average and the vote of whole trainings, bit for bit, however it is cut', async () => {
    const data = toyData(TOY);
    const test = (data as { test: PointSet }).test;
    const models = members.map(({ rate }) => trained(TOY, rate).parameters as Float32Array[]);
    const averaged = models[0]!.map((first, p) =>
      first.map((_, i) => (2 * models[0]![p]![i]! + models[1]![p]![i]! + models[2]![p]![i]!) / 4),
    );
    const answers = (parameters: Float32Array[]) => {
      const model = createClassifier(TOY, null, parameters);
      const out = new Float32Array(2);
      return Array.from({ length: test.capacity }, (_, i) => {
        model.classify(test, i, out);
        return largest(out);
      });
    };
    const right = (guesses: number[]) =>
      guesses.filter((guess, i) => guess === test.labels[i]).length / test.capacity;
    const said = models.map(answers);
    const voted = test.labels.slice(0, test.capacity);
    voted.forEach((_, i) => {
      const ones = 2 * said[0]![i]! + said[1]![i]! + said[2]![i]!;
      voted[i] = ones > 2 ? 1 : 0;
    });
    for (const [pieces, kernels] of [
      [1, false],
      [1_000_000, true],
    ] as const) {
      const { made, result } = await brain(plan(60, ...members), pieces, kernels);
      expect(made.parameters).toEqual(averaged);
      expect(result.sound.average.accuracy).toBe(right(answers(averaged)));
      expect(result.sound.vote.accuracy).toBe(right([...voted]));
      expect(result.accuracies).toEqual(said.map(right));
      expect(result.best.accuracy).toBe(right(said[0]!));
      const highest = Math.max(...said.map(right));
      expect(result.bestOnTest.accuracy).toBe(highest);
      expect(result.bestOnTest.rate).toBe(
        members.find((_, k) => right(said[k]!) === highest)!.rate,
      );
      expect(result.mean).toBeCloseTo(
        (2 * right(said[0]!) + right(said[1]!) + right(said[2]!)) / 4,
      );
      expect(result.all).toBeNull();
    }
  });

  it('has the good rates apart where they are not all', async () => {
    const [first, ...others] = members;
    const good = others.map((member) => ({ ...member, isGood: true }));
    const { result } = await brain({ ...plan(60, first!, ...good), best: 0.5 }, 1_000, true);
    const alone = await brain(plan(60, ...good), 1_000, true);
    expect(result.good).toEqual(alone.result.sound);
    expect(alone.result.good).toBeNull();
    expect(result.sound).not.toEqual(alone.result.sound);
    // Of one there is no average.
    const { result: single } = await brain(
      { ...plan(60, first!, others[0]!, { ...others[1]!, isGood: true }), best: 1 },
      1_000,
      true,
    );
    expect(single.good).toBeNull();
  });

  it('leaves the diverged out, and says what they would have done to it', async () => {
    const gone = { rate: 1e4, students: 1, divergedAt: 3, isGood: false };
    const without = await brain(plan(60, ...members), 50, true);
    const { made, result } = await brain(plan(60, ...members, gone), 50, true);
    expect(result.sound).toEqual(without.result.sound);
    expect(made.parameters).toEqual(without.made.parameters);
    expect(result.all!.average.accuracy).toBeLessThan(result.sound.average.accuracy);
    const data = toyData(TOY) as { train: PointSet; test: PointSet };
    const alone = new ClassBrain(plan(60, gone), { settings: TOY, ...data, space: () => null });
    expect(alone.advance(() => false)).toBe('none');
  });
});

describe('the class brain of lines', () => {
  it('is the mean of w and of b, and without the diverged', () => {
    const members = [
      { rate: 0.5, students: 1, divergedAt: null, isGood: false },
      { rate: 0.1, students: 3, divergedAt: null, isGood: false },
      { rate: 2, students: 1, divergedAt: 10, isGood: false },
    ];
    const result = lineBrain(plan(30, ...members), LINE, WORKSHOP);
    if (result === 'none') throw new Error('no brain');
    const [[w1, b1], [w2, b2]] = [0.5, 0.1].map((rate) => [
      ...trained(LINE, rate).parameters[0]!,
    ]) as [[number, number], [number, number]];
    expect(result.sound).toMatchObject({ w: (w1 + 3 * w2) / 4, b: (b1 + 3 * b2) / 4 });
    expect(result.best).toMatchObject({ w: w1, b: b1 });
    expect(result.all!.cost).toBeGreaterThan(100 * result.sound.cost);
    expect(lineBrain(plan(30, members[2]!), LINE, WORKSHOP)).toBe('none');
  });
});

describe('the members of a class brain', () => {
  it('are the learning rates from the lowest on, each with its students', () => {
    const at = (rate: number, divergedAt: number | null = null) => ({
      ...{ rate, divergedAt, isGood: rate === 1 },
    });
    expect(membersOf([at(1), at(0.1), at(9, 4), at(1)])).toEqual([
      { rate: 0.1, students: 1, divergedAt: null, isGood: false },
      { rate: 1, students: 2, divergedAt: null, isGood: true },
      { rate: 9, students: 1, divergedAt: 4, isGood: false },
    ]);
  });

  it('are sampled where they are dear: both ends, the best, within the budget', () => {
    const all = membersOf(
      Array.from({ length: 300 }, (_, k) => ({
        rate: (k + 1) / 100,
        divergedAt: null,
        isGood: false,
      })),
    );
    const dear: RunSettings = {
      ...{ experiment: 'mnist', model: 'convnet', seed: 1, steps: 189, init: { kind: 'seed' } },
      ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
    };
    expect(affordable(all, 1, LINE, 200)).toEqual(all);
    const few = affordable(all, 1.23, dear, 189);
    const rates = few.map(({ rate }) => rate);
    expect(few.length).toBeGreaterThan(10);
    expect(few.length).toBeLessThan(40);
    expect(rates).toEqual([...new Set(rates)].sort((a, b) => a - b));
    expect([rates[0], rates.at(-1)]).toEqual([0.01, 3]);
    expect(rates).toContain(1.23);
    expect(affordable(all, 1.23, dear, 189, 0).map(({ rate }) => rate)).toEqual([0.01, 1.23, 3]);
  });
});
