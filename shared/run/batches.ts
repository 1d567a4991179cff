import { IMAGES_PER_SHARD } from '../data/shard.ts';
import { Random, shuffle, STREAM } from '../model/random.ts';
import { stepsPerEpoch, trainingExamples, type ClassifierSettings } from './settings.ts';

/**
 * Which examples each step sees: a pure function of the settings and the step. The first epoch
 * shuffles within blocks of one shard, so that it can begin when the first shard has arrived; the
 * later ones shuffle all examples.
 */
export class Batches {
  /** The examples of the batch, in its first `size` places. */
  readonly batch: Uint32Array;
  private readonly perEpoch: number;
  private readonly order: Uint32Array;
  /** The epoch whose order `order` holds. */
  private epoch = -1;

  constructor(private readonly settings: ClassifierSettings) {
    this.batch = new Uint32Array(settings.batchSize);
    this.perEpoch = stepsPerEpoch(settings);
    this.order = new Uint32Array(trainingExamples(settings));
  }

  /** Fills `batch` for `step` and returns its size: the last batch of an epoch may be smaller. */
  fill(step: number): number {
    this.arrange(Math.floor(step / this.perEpoch));
    const from = (step % this.perEpoch) * this.batch.length;
    const size = Math.min(this.batch.length, this.order.length - from);
    for (let i = 0; i < size; i++) this.batch[i] = this.order[from + i]!;
    return size;
  }

  /** How many examples, from the first on, must be there before `step` can be done. */
  needed(step: number): number {
    const { batchSize, order } = this.settings;
    const all = this.order.length;
    if (step >= this.perEpoch) return all;
    const seen = Math.min((step + 1) * batchSize, all);
    if (order === 'file') return seen;
    return Math.min(Math.ceil(seen / IMAGES_PER_SHARD) * IMAGES_PER_SHARD, all);
  }

  private arrange(epoch: number): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    const { order } = this;
    for (let i = 0; i < order.length; i++) order[i] = i;
    if (this.settings.order === 'file') return;
    const random = new Random(this.settings.seed, STREAM.order + epoch);
    const block = epoch === 0 ? IMAGES_PER_SHARD : order.length;
    for (let from = 0; from < order.length; from += block) {
      shuffle(order, from, Math.min(from + block, order.length), random);
    }
  }
}
