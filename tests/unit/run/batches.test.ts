import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batches } from '../../../shared/run/batches.ts';
import { stepsPerEpoch, type MnistSettings } from '../../../shared/run/settings.ts';

const base: MnistSettings = {
  experiment: 'mnist',
  model: 'softmax',
  init: { kind: 'zeros' },
  seed: 5,
  steps: 1,
  images: 10_000,
  batchSize: 32,
  order: 'shuffle',
};

function epoch(settings: MnistSettings, number: number): number[] {
  const batches = new Batches(settings);
  const perEpoch = stepsPerEpoch(settings);
  const seen: number[] = [];
  for (let step = number * perEpoch; step < (number + 1) * perEpoch; step++) {
    seen.push(...batches.batch.slice(0, batches.fill(step)));
  }
  return seen;
}

describe('batches', () => {
  it('show every image once an epoch, the last batch being what remains', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_024 }),
        fc.nat(3),
        fc.constantFrom('file', 'shuffle'),
        (batchSize, number, order) => {
          const seen = epoch({ ...base, images: 2_000, batchSize, order }, number);
          expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('need no image that they do not say they need', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom('file', 'shuffle'),
        (batchSize, order) => {
          const settings: MnistSettings = { ...base, batchSize, order };
          const batches = new Batches(settings);
          for (let step = 0; step < 2 * stepsPerEpoch(settings); step += 7) {
            const size = batches.fill(step);
            expect(Math.max(...batches.batch.slice(0, size))).toBeLessThan(batches.needed(step));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('need only the first shard to begin with', () => {
    expect(new Batches(base).needed(0)).toBe(2_000);
    expect(new Batches({ ...base, order: 'file' }).needed(0)).toBe(32);
    expect(new Batches(base).needed(stepsPerEpoch(base))).toBe(10_000);
  });

  it('come in another order in each epoch and for each seed', () => {
    expect(epoch(base, 0)).not.toEqual(epoch(base, 1));
    expect(epoch(base, 1)).not.toEqual(epoch(base, 2));
    expect(epoch(base, 1)).not.toEqual(epoch({ ...base, seed: 6 }, 1));
  });

  it('can be asked for out of turn', () => {
    const batches = new Batches(base);
    const later = () => [...batches.batch.slice(0, batches.fill(1_000))];
    const once = later();
    batches.fill(3);
    expect(later()).toEqual(once);
  });
});
