import { PIXELS } from '../data/idx.ts';
import { TOY_CLASSES } from '../data/toy.ts';
import type { ClassifierSettings } from '../run/settings.ts';
import { CLASSES, type Classifier } from './classifier.ts';
import { Convnet } from './convnet.ts';
import { KernelClassifier, type KernelModel } from './kernelClassifier.ts';
import { layOutConvnet, layOutMlp, layOutSoftmax } from './kernelModels.ts';
import type { KernelSpace } from './kernelSpace.ts';
import { Mlp } from './mlp.ts';
import { MNIST_HIDDEN, startingParameters } from './parameters.ts';
import { SoftmaxRegression } from './softmaxRegression.ts';

/**
 * The model that the settings name, at its starting point or with the parameters `start`, in the
 * order of `parameterShapes`.
 * @param space where the kernels compute; without one the readable code does, slower, the same bits
 */
export function createClassifier(
  settings: ClassifierSettings,
  space: KernelSpace | null,
  start: readonly Float32Array[] = startingParameters(settings),
): Classifier {
  if (space) {
    return new KernelClassifier(space, layOut(settings, space), settings.batchSize, start);
  }
  const model = readable(settings);
  model.parameters.forEach((values, p) => values.set(start[p]!));
  return model;
}

function readable(settings: ClassifierSettings): Classifier {
  switch (settings.model) {
    case 'softmax':
      return new SoftmaxRegression(PIXELS, CLASSES);
    case 'convnet':
      return new Convnet();
    case 'mlp':
      return settings.experiment === 'toy'
        ? new Mlp(2, settings.hidden, TOY_CLASSES, settings.activation)
        : new Mlp(PIXELS, MNIST_HIDDEN, CLASSES, 'relu');
  }
}

function layOut(settings: ClassifierSettings, space: KernelSpace): KernelModel {
  const { batchSize } = settings;
  switch (settings.model) {
    case 'softmax':
      return layOutSoftmax(space, PIXELS, CLASSES, batchSize);
    case 'convnet':
      return layOutConvnet(space, batchSize);
    case 'mlp':
      return settings.experiment === 'toy'
        ? layOutMlp(space, 2, settings.hidden, TOY_CLASSES, settings.activation, batchSize)
        : layOutMlp(space, PIXELS, MNIST_HIDDEN, CLASSES, 'relu', batchSize);
  }
}
