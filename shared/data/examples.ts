/** Labelled examples that a classifier trains on. */
export interface Examples {
  /** Inputs of one example. */
  readonly inputs: number;
  /** The class of each example, from 0. */
  readonly labels: Uint8Array;
  /** How many examples there will be. */
  readonly capacity: number;
  /** How many are there already, from the first on. */
  readonly available: number;
  /** Writes the inputs of example `i`. */
  read(i: number, x: Float32Array): void;
}
