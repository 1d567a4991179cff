import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVATION, ACTIVATIONS } from '../../../shared/model/activation.ts';
import { Convolution } from '../../../shared/model/convolution.ts';
import { Dense } from '../../../shared/model/dense.ts';
import { Random } from '../../../shared/model/random.ts';
import { cosine, sine } from '../../../shared/model/trigonometry.ts';

const random = new Random(7, 1);
const draw = (length: number, range = 1) =>
  Float32Array.from({ length }, () => random.uniform(-range, range));
const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Central difference of `f` along value `i` of `at`. In 32 bits a larger step rounds less. */
function slope(f: () => number, at: Float32Array, i: number, step = 1 / 64): number {
  const before = at[i]!;
  at[i] = before + step;
  const above = f();
  at[i] = before - step;
  const below = f();
  at[i] = before;
  return (above - below) / (2 * step);
}

describe('activations', () => {
  it.each(ACTIVATIONS)('%s has the slope that its backward passes on', (name) => {
    const { forward, backward } = ACTIVATION[name];
    for (const z of [-4, -1, -0.7, -0.5, -0.1, 0.1, 0.3, 0.6, 0.65, 1, 5]) {
      const wanted = (forward(z + 1 / 128) - forward(z - 1 / 128)) * 64;
      expect(backward(forward(z), 1)).toBeCloseTo(wanted, 4);
    }
  });

  it('are what their names say, to 32 bits', () => {
    fc.assert(
      fc.property(fc.float({ min: -30, max: 30, noNaN: true }), (z) => {
        expect(ACTIVATION.relu.forward(z)).toBe(
          Math.max(0, z) === 0 ? ACTIVATION.relu.forward(z) : z,
        );
        const tanh = Math.tanh(z);
        expect(Math.abs(ACTIVATION.tanh.forward(z) - tanh)).toBeLessThanOrEqual(
          2e-7 * Math.abs(tanh),
        );
        const sigmoid = 1 / (1 + Math.exp(-z));
        expect(Math.abs(ACTIVATION.sigmoid.forward(z) - sigmoid)).toBeLessThanOrEqual(
          3e-7 * sigmoid,
        );
      }),
    );
  });

  it.each(ACTIVATIONS)('%s of what is no number is none', (name) => {
    expect(ACTIVATION[name].forward(NaN)).toBeNaN();
  });

  it('end where they must', () => {
    expect(ACTIVATION.tanh.forward(1e30)).toBe(1);
    expect(ACTIVATION.tanh.forward(-1e30)).toBe(-1);
    expect(ACTIVATION.sigmoid.forward(1e30)).toBe(1);
    expect(ACTIVATION.sigmoid.forward(-1e30)).toBe(0);
  });
});

describe('a dense layer', () => {
  it('passes back the slope of its inputs', () => {
    const layer = new Dense(7, 10);
    layer.weights.set(draw(70));
    const x = draw(7);
    const z = new Float32Array(10);
    const s = draw(10);
    const below = new Float32Array(7);
    layer.backward(s, below);
    const cost = () => {
      layer.forward(x, z);
      return dot(z, s);
    };
    for (let j = 0; j < 7; j++) expect(below[j]).toBeCloseTo(slope(cost, x, j), 4);
  });

  it('descends along the slope of its parameters', () => {
    const layer = new Dense(6, 5);
    layer.weights.set(draw(30));
    layer.biases.set(draw(5));
    const x = draw(6);
    x[2] = 0;
    const z = new Float32Array(5);
    const s = draw(5);
    const cost = () => {
      layer.forward(x, z);
      return dot(z, s);
    };
    const slopes = [layer.weights, layer.biases].map((values) =>
      Float32Array.from(values, (_, i) => slope(cost, values, i)),
    );
    const before = [layer.weights.slice(), layer.biases.slice()];
    layer.descend(x, s);
    [layer.weights, layer.biases].forEach((values, p) =>
      values.forEach((value, i) => expect(before[p]![i]! - value).toBeCloseTo(slopes[p]![i]!, 4)),
    );
  });
});

describe('a convolution', () => {
  const layer = new Convolution(3, 3, 8);
  layer.kernels.set(draw(27));
  layer.biases.set(draw(3));
  const x = draw(64);
  for (let i = 0; i < 64; i += 3) x[i] = 0;
  const z = new Float32Array(layer.outputs);
  const s = draw(layer.outputs);
  const cost = () => {
    layer.forward(x, z);
    return dot(z, s);
  };

  it('sums the pixels under the kernel', () => {
    layer.forward(x, z);
    const [channel, row, column] = [1, 2, 3];
    let sum = layer.biases[channel]!;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        sum += x[(row + i) * 8 + column + j]! * layer.kernels[(channel * 3 + i) * 3 + j]!;
      }
    }
    expect(z[(channel * 6 + row) * 6 + column]).toBeCloseTo(sum, 5);
  });

  it('descends along the slope of its parameters, summed over the images', () => {
    const slopes = [layer.kernels, layer.biases].map((values) =>
      Float32Array.from(values, (_, i) => slope(cost, values, i)),
    );
    const before = [layer.kernels.slice(), layer.biases.slice()];
    layer.backward(x, s);
    layer.backward(x, s);
    layer.descend();
    [layer.kernels, layer.biases].forEach((values, p) =>
      values.forEach((value, i) =>
        expect((before[p]![i]! - value) / 2).toBeCloseTo(slopes[p]![i]!, 3),
      ),
    );
    const rest = layer.kernels.slice();
    layer.descend();
    expect(layer.kernels).toEqual(rest);
  });
});

describe('sine and cosine', () => {
  it('agree with the machine to the last digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(1e-15);
        expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(1e-15);
      }),
    );
  });
});
