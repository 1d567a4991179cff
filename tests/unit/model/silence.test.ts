import { expect, it } from 'vitest';
import { PIXELS } from '../../../shared/data/idx.ts';
import { ImageSet } from '../../../shared/data/images.ts';
import { Convnet } from '../../../shared/model/convnet.ts';
import { Convolution } from '../../../shared/model/convolution.ts';
import { Dense } from '../../../shared/model/dense.ts';
import { featureMaps } from '../../../shared/model/featureMaps.ts';
import { Random } from '../../../shared/model/random.ts';
import { convolutionLayer, denseLayer, SilenceCheck } from '../../../shared/model/silence.ts';

const random = new Random(5, 0);
const fill = (values: Float32Array, from: number, to: number) => {
  for (let i = 0; i < values.length; i++) values[i] = random.uniform(from, to);
};

const IMAGES = 25;
const images = Uint8Array.from({ length: IMAGES * PIXELS }, () => {
  const value = random.uniform(-200, 256);
  return value < 0 ? 0 : value;
});
const set = ImageSet.of({ images, labels: new Uint8Array(IMAGES) });

/** Which outputs of a layer stay at or below 0 for all images. */
function neverAbove(outputs: number, forward: (x: Float32Array, z: Float32Array) => void) {
  const never = new Uint8Array(outputs).fill(1);
  const x = new Float32Array(PIXELS);
  const z = new Float32Array(outputs);
  for (let i = 0; i < IMAGES; i++) {
    set.read(i, x);
    forward(x, z);
    z.forEach((value, k) => {
      if (value > 0) never[k] = 0;
    });
  }
  return never;
}

/** However the work is cut. */
function silentIn(layer: ReturnType<typeof denseLayer>, slice: number): Uint8Array {
  const check = new SilenceCheck(layer, set);
  let seen = 0;
  for (;;) {
    const silent = check.advance(() => ++seen % slice === 0);
    if (silent) return silent;
  }
}

it('units are silent that fire for no image, as the layer itself says', () => {
  const layer = new Dense(PIXELS, 40);
  fill(layer.weights, -0.05, 0.04);
  fill(layer.biases, -1, 1);
  const expected = neverAbove(40, (x, z) => layer.forward(x, z));
  expect(new Set(expected)).toEqual(new Set([0, 1]));
  for (const slice of [1, 7, 100]) {
    expect(silentIn(denseLayer(layer.weights, layer.biases), slice)).toEqual(expected);
  }
});

it('kernels are silent whose maps are empty for every image', () => {
  const layer = new Convolution(9, 5, 28);
  fill(layer.kernels, -1, 0.8);
  fill(layer.biases, -5, 0);
  // No image at all could make these fire, or only one that is black all over.
  layer.kernels.fill(-0.1, 0, 25);
  layer.kernels.fill(0.1, 25, 50);
  layer.biases.set([-0.1, -2.4]);
  const expected = neverAbove(layer.outputs, (x, z) => layer.forward(x, z));
  const byKernel = Uint8Array.from({ length: 9 }, (_, k) =>
    Number(expected.subarray(k * 576, (k + 1) * 576).every((never) => never === 1)),
  );
  expect(new Set(byKernel)).toEqual(new Set([0, 1]));
  expect(silentIn(convolutionLayer(layer.kernels, layer.biases), 3)).toEqual(byKernel);
});

it('a unit that is not above zero is silent, at zero as well', () => {
  expect([...silentIn(denseLayer(new Float32Array(PIXELS * 2), Float32Array.of(0, 1)), 5)]).toEqual(
    [1, 0],
  );
});

it('feature maps lead to what the model says, bit for bit, and their votes to its logits', () => {
  const model = new Convnet();
  for (const values of model.parameters) fill(values, -0.1, 0.1);
  const x = new Float32Array(PIXELS);
  for (let i = 0; i < 3; i++) {
    const expected = new Float32Array(10);
    model.classify(set, i, expected);
    set.read(i, x);
    const { maps, votes, probabilities } = featureMaps(model.parameters, x);
    expect(probabilities).toEqual(expected);
    expect(maps.every((a) => a >= 0) && maps.some((a) => a > 0)).toBe(true);
    const biases = model.parameters[3]!;
    const logit = (digit: number) =>
      Array.from({ length: 9 }, (_, k) => votes[k * 10 + digit]!).reduce((a, b) => a + b) +
      biases[digit]!;
    const ratio = Math.log(expected[3]! / expected[8]!);
    expect(logit(3) - logit(8)).toBeCloseTo(ratio, 3);
  }
});
