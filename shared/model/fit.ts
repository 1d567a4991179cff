import type { Examples } from '../data/examples.ts';

/** What a classifier was made for. */
export interface Shape {
  inputs: number;
  classes: number;
}

/** Throws a RangeError unless `batch[0…size)` holds at least one example of `set`, and all fit the model. */
export function requireBatch(
  { inputs, classes }: Shape,
  set: Examples,
  batch: Uint32Array,
  size: number,
): void {
  if (set.inputs !== inputs) throw new RangeError(`${set.inputs} inputs, not ${inputs}`);
  if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(`a batch of ${size}`);
  if (size > batch.length) throw new RangeError(`a batch of ${batch.length}, not ${size}`);
  for (let k = 0; k < size; k++) requireExample(set, batch[k]!, classes);
}

/** Throws a RangeError unless the examples `from` to `to` of `set` fit the model. */
export function requireExamples(
  { inputs, classes }: Shape,
  set: Examples,
  from: number,
  to: number,
): void {
  if (set.inputs !== inputs) throw new RangeError(`${set.inputs} inputs, not ${inputs}`);
  for (let i = from; i < to; i++) requireExample(set, i, classes);
}

/** Throws a RangeError unless example `i` of `set` fits the model, and its probabilities have room. */
export function requireClassification(
  shape: Shape,
  set: Examples,
  i: number,
  probabilities: Float32Array,
): void {
  requireExamples(shape, set, i, i + 1);
  const { length } = probabilities;
  if (length !== shape.classes)
    throw new RangeError(`${length} probabilities, not ${shape.classes}`);
}

function requireExample(set: Examples, i: number, classes: number): void {
  if (!(i < set.available)) throw new RangeError(`no example ${i}`);
  if (!(set.labels[i]! < classes)) throw new RangeError(`no class ${set.labels[i]}`);
}
