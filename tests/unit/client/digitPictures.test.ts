import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centreOfMass, imageOf, type Stroke } from '../../../client/pictures/drawing/ink.ts';
import { readConfusion } from '../../../client/pictures/mistakes/confusion.ts';
import { paintWeights, scaleEnd, strongest } from '../../../client/pictures/filters/weightScale.ts';
import { DrawnDigit } from '../../../client/worker/drawnDigit.ts';
import { Examination } from '../../../client/worker/examination.ts';
import { PIXELS } from '../../../shared/data/idx.ts';
import { ImageSet } from '../../../shared/data/images.ts';
import { createClassifier } from '../../../shared/model/createClassifier.ts';
import { largest } from '../../../shared/model/crossEntropy.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';

const SETTINGS: MnistSettings = {
  experiment: 'mnist',
  model: 'softmax',
  seed: 3,
  steps: 10,
  init: { kind: 'seed' },
  batchSize: 32,
  order: 'file',
  images: 2_000,
};

/** Images of noise, the same at every call. */
function noise(count: number): ImageSet {
  const images = Uint8Array.from({ length: count * PIXELS }, (_, i) => (i * 2_654_435_761) >>> 24);
  return ImageSet.of({ images, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) });
}

function box(image: Uint8Array): { width: number; height: number } {
  const inked = [...image.keys()].filter((i) => image[i]! > 127);
  const xs = inked.map((i) => i % 28);
  const ys = inked.map((i) => Math.floor(i / 28));
  return {
    width: Math.max(...xs) - Math.min(...xs) + 1,
    height: Math.max(...ys) - Math.min(...ys) + 1,
  };
}

describe('a drawn digit', () => {
  const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
  const stroke = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1 });

  it('has its centre of mass in the middle, or reaches the edge of the image, however it was drawn', () => {
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 4 }), (strokes) => {
        const image = imageOf(strokes)!;
        const { x, y } = centreOfMass(image);
        const reaches = (isEdge: (x: number, y: number) => boolean) =>
          image.some((ink, i) => ink > 0 && isEdge(i % 28, Math.floor(i / 28)));
        // To half a pixel, as MNIST's own digits were moved by whole ones.
        if (!reaches((x) => x === 0 || x === 27)) expect(Math.abs(x - 14)).toBeLessThan(0.5);
        if (!reaches((_, y) => y === 0 || y === 27)) expect(Math.abs(y - 14)).toBeLessThan(0.5);
      }),
      {
        examples: [
          [
            [
              [{ x: 0, y: 1e-6 }],
              [
                { x: 2.5677270524438145e-7, y: 0 },
                { x: 0, y: 0 },
              ],
            ],
          ],
        ],
      },
    );
  });

  it('is 20 pixels high or wide, and looks the same from a corner as over the whole pad', () => {
    const one: Stroke = [
      { x: 0.5, y: 0.1 },
      { x: 0.5, y: 0.9 },
    ];
    const image = imageOf([one])!;
    expect(box(image).height).toBeGreaterThanOrEqual(19);
    expect(box(image).height).toBeLessThanOrEqual(21);
    const small = one.map(({ x, y }) => ({ x: x / 4, y: y / 4 }));
    const other = imageOf([small])!;
    other.forEach((ink, i) => expect(Math.abs(ink - image[i]!)).toBeLessThanOrEqual(1));
  });

  it('is grey at its edges, full in the middle, and nothing where nothing is drawn', () => {
    const image = imageOf([
      [
        { x: 0.2, y: 0.2 },
        { x: 0.8, y: 0.7 },
      ],
    ])!;
    expect(Math.max(...image)).toBe(255);
    expect(image.some((ink) => ink > 0 && ink < 255)).toBe(true);
    expect(imageOf([])).toBeNull();
    expect(imageOf([[{ x: 0.3, y: 0.3 }]])!.some((ink) => ink > 200)).toBe(true);
  });

  it('is read with the bits of the model that trains', () => {
    const model = createClassifier(SETTINGS, null);
    const set = noise(4);
    model.trainStep(set, Uint32Array.of(0, 1, 2, 3), 4, 0.1);
    const drawn = new DrawnDigit(SETTINGS);
    expect(drawn.read(model)).toBeNull();
    for (let i = 0; i < 4; i++) {
      drawn.pixels = set.bytes(i, i + 1).slice();
      const expected = new Float32Array(10);
      model.classify(set, i, expected);
      expect(drawn.read(model)).toEqual(expected);
    }
  });
});

describe('mistakes', () => {
  it('are counted, the worst first, however the work is cut', () => {
    const model = createClassifier(SETTINGS, null);
    const test = noise(200);
    const examination = new Examination(model, test);
    let seen = 0;
    let slices = 1;
    let found = examination.advance(() => true);
    for (; !found; slices++) found = examination.advance(() => ++seen % 7 === 0);
    expect(slices).toBe(30);

    const counts = new Uint32Array(100);
    const wrong: { i: number; guess: number; loss: number }[] = [];
    const probabilities = new Float32Array(10);
    for (let i = 0; i < 200; i++) {
      const loss = model.classify(test, i, probabilities);
      const guess = largest(probabilities);
      counts[test.labels[i]! * 10 + guess]! += 1;
      if (guess !== test.labels[i]) wrong.push({ i, guess, loss });
    }
    wrong.sort((a, b) => b.loss - a.loss);
    const worst = wrong.slice(0, 12);
    expect(found.counts).toEqual(counts);
    expect([...found.losses]).toEqual(worst.map(({ loss }) => loss));
    expect([...found.guesses]).toEqual(worst.map(({ guess }) => guess));
    expect([...found.labels]).toEqual(worst.map(({ i }) => test.labels[i]!));
    expect(found.images.subarray(0, PIXELS)).toEqual(test.bytes(worst[0]!.i, worst[0]!.i + 1));
  });

  it('are summed up', () => {
    const counts = [5, 2, 0, 7];
    expect(readConfusion(counts, 2)).toEqual({
      of: 14,
      wrong: 2,
      most: { label: 0, guess: 1, count: 2 },
    });
    expect(readConfusion([3, 0, 0, 4], 2).most).toBeNull();
  });
});

describe('weight images', () => {
  const weights = Float32Array.from({ length: 1_000 }, (_, i) => (i % 2 ? -1 : 1) * (i / 1_000));
  weights[300] = -50;

  it('have a scale that a few large weights do not pale', () => {
    expect(scaleEnd(weights)).toBeCloseTo(0.995, 2);
    expect(scaleEnd(new Float32Array(10))).toBe(0);
    expect(strongest(weights, 100)).toEqual({ weight: -50, digit: 3, pixel: 0 });
  });

  it('are blue below zero, orange above, and clear at zero', () => {
    const rgba = new Uint8ClampedArray(4 * 4);
    paintWeights(Float32Array.of(-1, 0, 0.5, 9), 1, rgba);
    const [minus, none, half, over] = [0, 4, 8, 12].map((at) => [...rgba.subarray(at, at + 4)]);
    expect(minus![2]).toBeGreaterThan(minus![0]!);
    expect(half![0]).toBeGreaterThan(half![2]!);
    expect([minus![3], none![3], half![3], over![3]]).toEqual([255, 0, 128, 255]);
  });
});
