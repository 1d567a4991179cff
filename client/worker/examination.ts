import { PIXELS } from '../../shared/data/idx.ts';
import type { ImageSet } from '../../shared/data/images.ts';
import type { Classifier } from '../../shared/model/classifier.ts';
import { largest } from '../../shared/model/crossEntropy.ts';
import type { Mistakes } from './messages.ts';

/** Mistakes that are shown. */
const WORST = 12;

interface Mistake {
  image: number;
  guess: number;
  loss: number;
  probability: number;
}

/** Which digits a model takes for which, over all test images; in slices, as it takes a while. */
export class Examination {
  private done = 0;
  /** How often digit `label` was read as `guess`: at 10 · label + guess. */
  private readonly counts: Uint32Array;
  /** The mistakes with the highest loss, the highest first. */
  private readonly worst: Mistake[] = [];
  private readonly probabilities: Float32Array;

  constructor(
    private readonly model: Classifier,
    private readonly test: ImageSet,
  ) {
    this.counts = new Uint32Array(model.classes ** 2);
    this.probabilities = new Float32Array(model.classes);
  }

  /**
   * Looks at further images until `stop`, asked after each, says so.
   * @returns what was found once all have been seen, null before
   */
  advance(stop: () => boolean): Mistakes | null {
    while (this.done < this.test.capacity) {
      this.look(this.done++);
      if (stop()) break;
    }
    return this.done < this.test.capacity ? null : this.result();
  }

  private look(image: number): void {
    const { model, test, probabilities, counts, worst } = this;
    const loss = model.classify(test, image, probabilities);
    const label = test.labels[image]!;
    const guess = largest(probabilities);
    counts[label * model.classes + guess]! += 1;
    if (guess === label || loss <= (worst[WORST - 1]?.loss ?? -Infinity)) return;
    const place = worst.findIndex((other) => other.loss < loss);
    const mistake = { image, guess, loss, probability: probabilities[guess]! };
    worst.splice(place < 0 ? worst.length : place, 0, mistake);
    worst.length = Math.min(worst.length, WORST);
  }

  private result(): Mistakes {
    const { counts, worst, test } = this;
    const images = new Uint8Array(worst.length * PIXELS);
    worst.forEach(({ image }, i) => images.set(test.bytes(image, image + 1), i * PIXELS));
    return {
      counts,
      images,
      labels: Uint8Array.from(worst, ({ image }) => test.labels[image]!),
      guesses: Uint8Array.from(worst, ({ guess }) => guess),
      probabilities: Float32Array.from(worst, ({ probability }) => probability),
      losses: Float32Array.from(worst, ({ loss }) => loss),
    };
  }
}
