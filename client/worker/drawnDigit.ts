import { ImageSet } from '../../shared/data/images.ts';
import type { Classifier } from '../../shared/model/classifier.ts';
import { createClassifier } from '../../shared/model/createClassifier.ts';
import type { MnistSettings } from '../../shared/run/settings.ts';

/**
 * Reads digits that were drawn, with the parameters of a model that trains. The readable code does
 * it: its bits are the same, and the kernels would keep every image that they are shown.
 */
export class DrawnDigit {
  /** 784 bytes, 0 (paper) to 255 (ink); null while there is nothing to read. */
  pixels: Uint8Array | null = null;
  private readonly reader: Classifier;

  constructor(settings: MnistSettings) {
    this.reader = createClassifier(settings, null);
  }

  /** The probability of each digit, or null where there is none or the model has left the numbers. */
  read(model: Classifier): Float32Array | null {
    if (!this.pixels) return null;
    const { parameters } = model;
    this.reader.parameters.forEach((values, p) => values.set(parameters[p]!));
    const probabilities = new Float32Array(model.classes);
    const set = ImageSet.of({ images: this.pixels, labels: new Uint8Array(1) });
    this.reader.classify(set, 0, probabilities);
    return probabilities.every(Number.isFinite) ? probabilities : null;
  }
}
