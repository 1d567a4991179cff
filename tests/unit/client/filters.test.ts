import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrange,
  columnsOf,
  extremes,
  outgoingOf,
} from '../../../client/pictures/filters/filterNumbers.ts';
import { filtersOf, strongestUnits } from '../../../client/worker/filters.ts';
import { Inside } from '../../../client/worker/inside.ts';
import { PIXELS } from '../../../shared/data/idx.ts';
import { ImageSet } from '../../../shared/data/images.ts';
import { createClassifier } from '../../../shared/model/createClassifier.ts';
import { startingParameters } from '../../../shared/model/parameters.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';

const settings = (model: MnistSettings['model']): MnistSettings => ({
  ...{ experiment: 'mnist', model, seed: 3, steps: 10, init: { kind: 'seed' } },
  ...{ batchSize: 4, order: 'file', images: 2_000 },
});

/** Images of noise, a fifth of whose pixels are ink; the same at every call. */
function noise(count: number): ImageSet {
  const images = Uint8Array.from({ length: count * PIXELS }, (_, i) => {
    const value = Math.imul(i + 1, 2_654_435_761) >>> 24;
    return value < 200 ? 0 : value;
  });
  return ImageSet.of({ images, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) });
}

function trained(model: MnistSettings['model'], rate = 0.1) {
  const classifier = createClassifier(settings(model), null);
  const set = noise(4);
  for (let k = 0; k < 3; k++) classifier.trainStep(set, Uint32Array.of(0, 1, 2, 3), 4, rate);
  return { classifier, set };
}

describe('what a hidden layer looks for', () => {
  it('is shown of the units with the largest outgoing weights, with what has changed', () => {
    const { classifier, set } = trained('mlp');
    const start = startingParameters(settings('mlp'));
    const filters = filtersOf(settings('mlp'), classifier, start, set.bytes(0, 1));
    if (filters.model !== 'mlp') throw new TypeError(filters.model);
    const [weights, , after] = classifier.parameters as [Float32Array, Float32Array, Float32Array];
    expect([filters.of, filters.units.length]).toEqual([128, 32]);
    const norm = (unit: number) =>
      Math.sqrt(after.subarray(10 * unit, 10 * unit + 10).reduce((sum, w) => sum + w * w, 0));
    const norms = Array.from({ length: 128 }, (_, unit) => norm(unit)).sort((a, b) => b - a);
    filters.units.forEach((unit, k) => {
      expect(norm(unit)).toBeCloseTo(norms[k]!, 5);
      const outgoing = filters.outgoing.slice(10 * k, 10 * k + 10);
      expect(outgoing).toEqual(after.slice(10 * unit, 10 * unit + 10));
      expect(outgoingOf(outgoing).norm).toBeCloseTo(norms[k]!, 5);
      for (const pixel of [0, 300, 783]) {
        const weight = weights[pixel * 128 + unit]!;
        expect(filters.weights[k * PIXELS + pixel]).toBe(weight);
        const change = Math.fround(weight - start[0]![pixel * 128 + unit]!);
        expect(filters.changes[k * PIXELS + pixel]).toBe(change);
      }
    });
    expect(filters.changes.some((change) => change !== 0)).toBe(true);
  });

  it('begins with the lower number where units are equal', () => {
    expect([...strongestUnits(Float32Array.of(1, 2, 2, 1, 3, 4), 3, 2)]).toEqual([2, 0, 1]);
  });

  it('says for which digit a unit speaks, and where weights are largest', () => {
    expect(outgoingOf(Float32Array.of(0, 3, -4))).toEqual({ norm: 5, best: 1, worst: 2 });
    expect(extremes(Float32Array.of(1, -2, 5, 0))).toEqual({ most: 2, least: 1 });
  });
});

describe('images of units', () => {
  const choice = fc.uniqueArray(fc.nat(40), { minLength: 8, maxLength: 8 });

  it('keep their places as long as they are shown', () => {
    fc.assert(
      fc.property(choice, choice, (before, strongest) => {
        const after = arrange(before, strongest);
        expect([...after].sort()).toEqual([...strongest].sort());
        before.forEach((unit, place) => {
          if (strongest.includes(unit)) expect(after[place]).toBe(unit);
        });
      }),
    );
    expect(arrange([], [3, 1])).toEqual([3, 1]);
  });

  it('are as large as the room allows', () => {
    expect(columnsOf(8, { width: 430, height: 210 }, 10)).toEqual({ columns: 4, side: 100 });
    expect(columnsOf(3, { width: 50, height: 400 }, 10)).toEqual({ columns: 1, side: 50 });
    expect(columnsOf(3, { width: 0, height: 0 }, 10).side).toBe(0);
  });
});

describe('what the page is told of the inside of a model', () => {
  function inside(model: MnistSettings['model'], rate?: number) {
    const { classifier } = trained(model, rate);
    const told: { type: string; step?: number; silent?: number }[] = [];
    const test = noise(30);
    const seen = new Inside(settings(model), classifier, test, (news) =>
      told.push(
        news.type === 'filters'
          ? { type: news.type }
          : {
              type: news.type,
              step: news.silence.step,
              silent: news.silence.silent.reduce((sum, silent) => sum + silent, 0),
            },
      ),
    );
    return { seen, told };
  }

  it('is the silence of each step at which it rests, once', () => {
    const { seen, told } = inside('mlp', 1_000);
    while (seen.advance(3, true, () => true));
    while (seen.advance(3, true, () => true));
    expect(told).toHaveLength(1);
    expect(told[0]!.step).toBe(3);
    // The steps were far too large.
    expect(told[0]!.silent).toBeGreaterThan(10);
    while (seen.advance(4, true, () => false));
    expect(told.map(({ step }) => step)).toEqual([3, 4]);
  });

  it('is looked for once in a while as long as it learns', () => {
    const { seen, told } = inside('convnet');
    expect(seen.advance(3, false, () => false)).toBe(false);
    expect(seen.advance(4, false, () => false)).toBe(false);
    expect(told.map(({ step }) => step)).toEqual([3]);
  });

  it('is nothing but the filters where no ReLU follows, or the model has left the numbers', () => {
    for (const { seen, told } of [inside('softmax'), inside('mlp', Infinity)]) {
      expect(seen.advance(3, true, () => false)).toBe(false);
      seen.show(null);
      expect(told).toEqual([{ type: 'filters' }]);
    }
  });
});
