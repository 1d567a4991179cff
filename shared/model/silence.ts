import { IMAGE_SIDE } from '../data/idx.ts';
import type { Examples } from '../data/examples.ts';
import { KERNEL_SIDE } from './convnet.ts';

const { fround } = Math;
const MAP_SIDE = IMAGE_SIDE - KERNEL_SIDE + 1;

/** A layer before a ReLU, as it was at one moment. */
export interface ReluLayer {
  units: number;
  /** Whether the unit's z is above 0 for the inputs x: anywhere in its map, where it is a kernel. */
  fires(x: Float32Array, unit: number): boolean;
}

/** The hidden layer of a multilayer perceptron, from a copy of its parameters: W inputs × units. */
export function denseLayer(weights: Float32Array, biases: Float32Array): ReluLayer {
  const units = biases.length;
  return {
    units,
    // In the order of `Dense.forward`, so that its last bit decides here as well.
    fires(x, unit) {
      let z = biases[unit]!;
      for (let j = 0, at = unit; j < x.length; j++, at += units) {
        const xj = x[j]!;
        if (xj !== 0) z = fround(z + fround(xj * weights[at]!));
      }
      return z > 0;
    },
  };
}

/** More than the rounding of a sum of 25 products can add, as a share of the sum of their sizes. */
const ROUNDING = 1e-5;

/** The kernels of a convnet, from a copy of its parameters. */
export function convolutionLayer(kernels: Float32Array, biases: Float32Array): ReluLayer {
  const taps = KERNEL_SIDE ** 2;
  /** Those that no image in [0, 1] makes fire: found out without one, as most dead kernels are so. */
  const hopeless = Array.from(biases, (bias, unit) => {
    const own = kernels.subarray(unit * taps, (unit + 1) * taps);
    const highest = own.reduce((sum, weight) => sum + Math.max(weight, 0), bias);
    const size = own.reduce((sum, weight) => sum + Math.abs(weight), Math.abs(bias));
    return highest < -ROUNDING * size;
  });
  return {
    units: biases.length,
    // In the order of `Convolution.forward`.
    fires(x, unit) {
      if (hopeless[unit]) return false;
      for (let r = 0; r < MAP_SIDE; r++) {
        for (let q = 0; q < MAP_SIDE; q++) {
          let z = biases[unit]!;
          for (let i = 0; i < KERNEL_SIDE; i++) {
            const row = (unit * KERNEL_SIDE + i) * KERNEL_SIDE;
            const image = (r + i) * IMAGE_SIDE + q;
            for (let j = 0; j < KERNEL_SIDE; j++) {
              const pixel = x[image + j]!;
              if (pixel !== 0) z = fround(z + fround(pixel * kernels[row + j]!));
            }
          }
          if (z > 0) return true;
        }
      }
      return false;
    },
  };
}

/**
 * Which units of a ReLU layer fire for no example of a set: their slope is 0 everywhere, so that no
 * example of this kind moves them any more. Looks for each unit only until it has fired, so that
 * living ones cost next to nothing.
 */
export class SilenceCheck {
  private done = 0;
  private silent: number[];
  private readonly x: Float32Array;

  constructor(
    private readonly layer: ReluLayer,
    private readonly set: Examples,
  ) {
    this.silent = Array.from({ length: layer.units }, (_, unit) => unit);
    this.x = new Float32Array(set.inputs);
  }

  /**
   * Looks at further examples until `stop`, asked after each, says so.
   * @returns a 1 for each unit that never fires, once all is known; null before
   */
  advance(stop: () => boolean): Uint8Array | null {
    const { set, layer, x } = this;
    while (this.done < set.capacity && this.silent.length > 0) {
      set.read(this.done++, x);
      this.silent = this.silent.filter((unit) => !layer.fires(x, unit));
      if (stop()) break;
    }
    if (this.done < set.capacity && this.silent.length > 0) return null;
    const never = new Uint8Array(layer.units);
    for (const unit of this.silent) never[unit] = 1;
    return never;
  }
}
