import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointSet, SHAPES, TOY_RANGE } from '../../../shared/data/toy.ts';
import { createLearner, toyData } from '../../../shared/run/learner.ts';
import type { ToySettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';

describe('toy points', () => {
  it.each(SHAPES)('of %s follow from shape, count and seed and stay in the plane', (shape) => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 300 }), fc.nat(), (count, seed) => {
        const set = PointSet.of(shape, count, seed, 'train');
        expect(PointSet.of(shape, count, seed, 'train').coordinates).toEqual(set.coordinates);
        expect(set.coordinates.every((value) => Math.abs(value) <= TOY_RANGE)).toBe(true);
        const ones = set.labels.reduce((sum, label) => sum + label, 0);
        expect(Math.abs(2 * ones - count)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('to test on are others than those to train on', () => {
    const train = PointSet.of('moons', 50, 1, 'train');
    const test = PointSet.of('moons', 50, 1, 'test');
    expect(test.coordinates).not.toEqual(train.coordinates);
  });

  it('of the grid lie in the middles of their squares, from the top left', () => {
    const grid = PointSet.grid(5);
    expect(grid.capacity).toBe(25);
    expect([...grid.coordinates.slice(0, 2)]).toEqual([-1, 1]);
    expect([...grid.coordinates.slice(24, 26)]).toEqual([0, 0]);
  });

  it.each([
    ['moons', 0.97],
    ['circles', 0.97],
    ['spirals', 0.97],
  ] as const)('of %s can be told apart by a small network', (shape, wanted) => {
    const settings: ToySettings = {
      experiment: 'toy',
      model: 'mlp',
      init: { kind: 'seed' },
      seed: 1,
      shape,
      points: 200,
      hidden: 32,
      activation: 'relu',
      batchSize: 10,
      order: 'shuffle',
      steps: 10_000,
    };
    const training = new Training(settings, createLearner(settings, 0.1, toyData(settings)));
    training.advance(settings.steps, () => false);
    expect(training.evaluations.at(training.evaluations.length - 1, 1)).toBeGreaterThan(wanted);
  });
});
