import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernelSpace } from '../../../server/data/kernels.ts';
import type { Examples } from '../../../shared/data/examples.ts';
import { layOutConvnet, layOutMlp, layOutSoftmax } from '../../../shared/model/kernelModels.ts';
import { KernelClassifier } from '../../../shared/model/kernelClassifier.ts';
import type { KernelSpace } from '../../../shared/model/kernelSpace.ts';
import { SoftmaxRegression } from '../../../shared/model/softmaxRegression.ts';
import {
  CASES,
  CONVNET_CASES,
  difference,
  LEAVING_CASES,
  leavesNumbers,
} from '../../kernels/equality.ts';
import { noise } from '../../kernels/examples.ts';
import { computed, PINNED } from '../../kernels/fingerprints.ts';

async function space(): Promise<KernelSpace> {
  const created = await createKernelSpace();
  if (!created) throw new Error('this Node has no WebAssembly SIMD');
  return created;
}

describe('the kernels', () => {
  it('compute the bits of the readable code, diverging or not', async () => {
    await fc.assert(
      fc.asyncProperty(CASES, async (each) => {
        expect(difference(each, await space())).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('compute the bits of the readable convnet', async () => {
    await fc.assert(
      fc.asyncProperty(CONVNET_CASES, async (each) => {
        expect(difference(each, await space())).toBeNull();
      }),
      { numRuns: 12 },
    );
  });

  it.each(LEAVING_CASES)(
    'compute the bits of a run that leaves the numbers: $model $activation, batches of $batchSize',
    async (each) => {
      expect(leavesNumbers(each)).toBe(true);
      expect(difference(each, await space())).toBeNull();
    },
  );

  it('let several models of different sizes share one memory', async () => {
    const shared = await space();
    fc.assert(
      fc.property(CASES, (each) => {
        expect(difference(each, shared)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it('take over examples as they arrive', async () => {
    const all = noise(40, 20, 3, 0.5, 1);
    let available = 10;
    const arriving = {
      ...all,
      get available() {
        return available;
      },
    };
    const kernels = await space();
    const model = layOutSoftmax(kernels, 20, 3, 8);
    const start = [new Float32Array(60).fill(0.1), new Float32Array(3)];
    const classifier = new KernelClassifier(kernels, model, 8, start);
    const batch = Uint32Array.of(1, 5, 9);
    classifier.trainStep(arriving, batch, 3, 0.5);
    available = 40;
    const late = classifier.trainStep(arriving, Uint32Array.of(39, 20, 11), 3, 0.5);

    const other = await space();
    const whole = new KernelClassifier(other, layOutSoftmax(other, 20, 3, 8), 8, start);
    whole.trainStep(all, batch, 3, 0.5);
    expect(whole.trainStep(all, Uint32Array.of(39, 20, 11), 3, 0.5)).toBe(late);
  });

  it('take over many examples in small pieces, so that nobody waits for all of them', async () => {
    let reads = 0;
    const all = noise(3_000, 20, 3, 0.5, 1);
    const counted: Examples = { ...all, read: (i, x) => (reads++, all.read(i, x)) };
    const kernels = await space();
    const start = [new Float32Array(60), new Float32Array(3)];
    const model = new KernelClassifier(kernels, layOutSoftmax(kernels, 20, 3, 8), 8, start);
    const pieces: number[] = [];
    while (model.prepare(counted)) pieces.push(reads - pieces.reduce((a, b) => a + b, 0));
    expect(Math.max(...pieces)).toBeLessThanOrEqual(256);
    expect(reads).toBe(3_000);
    model.evaluate(counted, 0, 3_000, { loss: 0, correct: 0 });
    expect(reads).toBe(3_000);
  });

  it('refuse shapes that do not fit', async () => {
    const kernels = await space();
    expect(() => layOutSoftmax(kernels, 20, 17, 8)).toThrow(RangeError);
    expect(() => layOutSoftmax(kernels, 0, 3, 8)).toThrow(RangeError);
    expect(() => layOutMlp(kernels, 20, 1.5, 3, 'relu', 8)).toThrow(RangeError);
    expect(() => layOutConvnet(kernels, 0)).toThrow(RangeError);
    const model = layOutSoftmax(kernels, 20, 3, 8);
    const start = [new Float32Array(60), new Float32Array(3)];
    const classifier = new KernelClassifier(kernels, model, 8, start);
    const examples = noise(20, 20, 3, 0.5, 1);
    expect(() => classifier.trainStep(examples, new Uint32Array(9), 9, 1)).toThrow(RangeError);
    expect(() => classifier.trainStep(examples, Uint32Array.of(20), 1, 1)).toThrow(RangeError);
    for (const size of [0, -1, 1.5, NaN]) {
      expect(() => classifier.trainStep(examples, new Uint32Array(9), size, 1)).toThrow(RangeError);
    }
    expect(() => classifier.classify(examples, 0, new Float32Array(5))).toThrow(RangeError);
    const wider = noise(20, 21, 3, 0.5, 1);
    expect(() => classifier.trainStep(wider, Uint32Array.of(0), 1, 1)).toThrow(RangeError);
    const wrong = [new Float32Array(59), new Float32Array(3)];
    expect(() => new KernelClassifier(kernels, model, 8, wrong)).toThrow(RangeError);
  });
});

it('the readable code refuses what does not fit as well', () => {
  const model = new SoftmaxRegression(20, 3);
  const examples = noise(20, 20, 3, 0.5, 1);
  expect(() => model.trainStep(examples, new Uint32Array(4), 5, 1)).toThrow(RangeError);
  expect(() => model.trainStep(examples, Uint32Array.of(20), 1, 1)).toThrow(RangeError);
  expect(() => model.trainStep(noise(20, 21, 3, 0, 1), Uint32Array.of(0), 1, 1)).toThrow(
    RangeError,
  );
  for (const size of [0, -1, 1.5, NaN]) {
    expect(() => model.trainStep(examples, new Uint32Array(9), size, 1)).toThrow(RangeError);
  }
  expect(() => model.classify(examples, 0, new Float32Array(5))).toThrow(RangeError);
  const unheardOf = { ...examples, labels: new Uint8Array(20).fill(3) };
  expect(() => model.evaluate(unheardOf, 0, 1, { loss: 0, correct: 0 })).toThrow(RangeError);
});

describe('the fingerprint', () => {
  it.each(Object.entries(PINNED))('of %s has not changed', async (_name, pinned) => {
    expect(computed(pinned, null)).toBe(pinned.fingerprint);
    expect(computed(pinned, await space())).toBe(pinned.fingerprint);
  });
});
