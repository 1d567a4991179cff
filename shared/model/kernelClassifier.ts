import type { Examples } from '../data/examples.ts';
import type { Classifier, Tally } from './classifier.ts';
import { requireBatch, requireClassification, requireExamples } from './fit.ts';
import type { Classify, Evaluate, KernelSpace, Step } from './kernelSpace.ts';

/** A model laid out in the kernels' memory. */
export interface KernelModel {
  /** Address of the record that `shared/kernels/memory.ts` describes. */
  address: number;
  inputs: number;
  classes: number;
  /** Where the probabilities of the last classified example lie. */
  outputs: number;
  /** Where the parameters lie, in the order of `parameterShapes`. */
  parameters: readonly Placed[];
  step: Step;
  classify: Classify;
  evaluate: Evaluate;
}

/** An array of parameters in the kernels' memory: `place(i)` is where its value i lies, in floats. */
export interface Placed {
  address: number;
  /** Floats that it takes up there, padding included. */
  room: number;
  length: number;
  place(i: number): number;
}

/**
 * A classifier that computes in the kernels. The bits are those of the readable model. What does not
 * fit, parameters, examples or a batch, is refused with a RangeError.
 */
export class KernelClassifier implements Classifier {
  /** Where the indices of a batch lie. */
  private readonly batch: number;
  private words: Uint32Array = new Uint32Array(0);

  /** @param batchSize the largest batch that it will be given */
  constructor(
    private readonly space: KernelSpace,
    private readonly model: KernelModel,
    private readonly batchSize: number,
    start: readonly Float32Array[],
  ) {
    this.batch = space.scratch('batch', 4 * batchSize);
    model.parameters.forEach((placed, p) => {
      if (start[p]?.length !== placed.length) throw new RangeError(`parameters ${p} do not fit`);
      const floats = space.floats(placed.address, placed.room);
      start[p].forEach((value, i) => (floats[placed.place(i)] = value));
    });
  }

  get inputs(): number {
    return this.model.inputs;
  }

  get classes(): number {
    return this.model.classes;
  }

  get parameters(): readonly Float32Array[] {
    return this.model.parameters.map(({ address, room, length, place }) => {
      const floats = this.space.floats(address, room);
      const values = new Float32Array(length);
      // Several times as fast as `Float32Array.from`: pages ask for them while the model trains.
      for (let i = 0; i < length; i++) values[i] = floats[place(i)]!;
      return values;
    });
  }

  prepare(set: Examples): boolean {
    return this.space.takeSome(set);
  }

  trainStep(set: Examples, batch: Uint32Array, size: number, learningRate: number): number {
    if (size > this.batchSize) throw new RangeError(`a batch of ${size}, not ${this.batchSize}`);
    requireBatch(this, set, batch, size);
    const { space, model } = this;
    const mirror = space.mirror(set);
    const words = this.batchWords();
    for (let k = 0; k < size; k++) words[k] = batch[k]!;
    return model.step(model.address, mirror, this.batch, size, learningRate);
  }

  classify(set: Examples, i: number, probabilities: Float32Array): number {
    requireClassification(this, set, i, probabilities);
    const { space, model } = this;
    const loss = model.classify(model.address, space.mirror(set), i);
    probabilities.set(space.floats(model.outputs, model.classes));
    return loss;
  }

  evaluate(set: Examples, from: number, to: number, tally: Tally): void {
    requireExamples(this, set, from, to);
    const { space, model } = this;
    const mirror = space.mirror(set);
    const losses = space.scratch('losses', 4 * (to - from));
    tally.correct += model.evaluate(model.address, mirror, from, to, losses);
    for (const loss of space.floats(losses, to - from)) tally.loss += loss;
  }

  /** The window is made anew only where the memory has grown, so that a step allocates nothing. */
  private batchWords(): Uint32Array {
    if (this.words.buffer !== this.space.exports.memory.buffer) {
      this.words = this.space.words(this.batch, this.batchSize);
    }
    return this.words;
  }
}
