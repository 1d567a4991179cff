import { IMAGE_SIDE } from '../data/idx.ts';
import { ACTIVATION } from './activation.ts';
import { CLASSES } from './classifier.ts';
import { KERNEL_SIDE, KERNELS } from './convnet.ts';
import { Convolution } from './convolution.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';

const { fround } = Math;

/** Rows and columns of one feature map. */
export const MAP_SIDE = IMAGE_SIDE - KERNEL_SIDE + 1;
const AREA = MAP_SIDE ** 2;

/** One image on its way through a convnet. */
export interface FeatureMaps {
  /** What each kernel makes of the image, after ReLU: KERNELS × MAP_SIDE², each row by row. */
  maps: Float32Array;
  /** What each map adds to each digit's logit: KERNELS × CLASSES; with the biases they are the logits. */
  votes: Float32Array;
  /** What the model says of the image: CLASSES probabilities. */
  probabilities: Float32Array;
}

/**
 * The maps of one image, with the bits of the model, and what the dense layer takes from each.
 * @param parameters of a convnet, in the order of `parameterShapes`
 * @param x 784 intensities in [0, 1]
 */
export function featureMaps(parameters: readonly Float32Array[], x: Float32Array): FeatureMaps {
  const [kernels, biases, weights, outputs] = parameters as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const convolution = new Convolution(KERNELS, KERNEL_SIDE, IMAGE_SIDE);
  convolution.kernels.set(kernels);
  convolution.biases.set(biases);
  const maps = new Float32Array(convolution.outputs);
  convolution.forward(x, maps);
  const votes = new Float32Array(KERNELS * CLASSES);
  const probabilities = outputs.slice();
  for (let j = 0; j < maps.length; j++) {
    const a = (maps[j] = ACTIVATION.relu.forward(maps[j]!));
    if (a === 0) continue;
    const vote = Math.floor(j / AREA) * CLASSES;
    for (let k = 0; k < CLASSES; k++) {
      const part = fround(a * weights[j * CLASSES + k]!);
      votes[vote + k]! += part;
      probabilities[k]! += part;
    }
  }
  softmaxCrossEntropy(probabilities, 0);
  return { maps, votes, probabilities };
}
