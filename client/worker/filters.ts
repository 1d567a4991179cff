import { PIXELS } from '../../shared/data/idx.ts';
import { ImageSet } from '../../shared/data/images.ts';
import type { Classifier } from '../../shared/model/classifier.ts';
import { featureMaps } from '../../shared/model/featureMaps.ts';
import type { MnistSettings } from '../../shared/run/settings.ts';
import type { Filters } from './messages.ts';

/** Hidden units whose images are shown: as many as can be told apart on a wall. */
const UNITS = 32;

/**
 * The filters that a model has learnt.
 * @param start the parameters that it began with
 * @param image the digit that a convnet's maps are of, 784 bytes
 */
export function filtersOf(
  { model }: MnistSettings,
  { parameters, classes }: Classifier,
  start: readonly Float32Array[],
  image: Uint8Array,
): Filters {
  switch (model) {
    case 'softmax':
      return { model, weights: columns(parameters[0]!, classes, digitsUpTo(classes)) };
    case 'mlp': {
      const [weights, biases, after] = parameters as [Float32Array, Float32Array, Float32Array];
      const of = biases.length;
      const units = strongestUnits(after, of, classes);
      const outgoing = Float32Array.from({ length: units.length * classes }, (_, i) => {
        return after[units[Math.floor(i / classes)]! * classes + (i % classes)]!;
      });
      const shown = columns(weights, of, units);
      const before = columns(start[0]!, of, units);
      const changes = shown.map((weight, i) => weight - before[i]!);
      return { model, units, of, weights: shown, changes, outgoing };
    }
    case 'convnet': {
      const x = new Float32Array(PIXELS);
      ImageSet.of({ images: image, labels: new Uint8Array(1) }).read(0, x);
      const kernels = parameters[0]!.slice();
      return { model, kernels, pixels: image.slice(), ...featureMaps(parameters, x) };
    }
  }
}

/** The units whose outgoing weights have the largest norms, the largest first. */
export function strongestUnits(after: Float32Array, units: number, classes: number): Uint16Array {
  const norms = Float64Array.from({ length: units }, (_, unit) =>
    Math.hypot(...after.subarray(unit * classes, (unit + 1) * classes)),
  );
  const order = Uint16Array.from({ length: units }, (_, unit) => unit);
  // By number where norms are equal, so that the same model looks the same everywhere.
  order.sort((a, b) => norms[b]! - norms[a]! || a - b);
  return order.slice(0, UNITS);
}

/** Columns of a layer's weights, pixels × outputs, as one image after the other. */
function columns(weights: Float32Array, outputs: number, which: Uint16Array): Float32Array {
  const images = new Float32Array(which.length * PIXELS);
  which.forEach((column, k) => {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      images[k * PIXELS + pixel] = weights[pixel * outputs + column]!;
    }
  });
  return images;
}

const digitsUpTo = (classes: number) => Uint16Array.from({ length: classes }, (_, digit) => digit);
