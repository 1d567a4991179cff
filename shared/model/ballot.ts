import { largest } from './crossEntropy.ts';

/** The votes of many models on the class of each of `examples` examples. */
export class Ballot {
  /** Votes for class `k` on example `i`, at i · classes + k. */
  private readonly votes: Float32Array;
  private total = 0;

  constructor(
    examples: number,
    private readonly classes: number,
  ) {
    this.votes = new Float32Array(examples * classes);
  }

  /**
   * One model's answers, counted as often as students have trained it.
   * @param guesses the class that it takes each example for
   */
  add(guesses: ArrayLike<number>, students: number): void {
    for (let i = 0; i < guesses.length; i++) {
      this.votes[i * this.classes + guesses[i]!]! += students;
    }
    this.total += students;
  }

  /** The class with the most votes; of equals the lowest. */
  winner(example: number): number {
    return largest(this.of(example));
  }

  /** The share of the votes that each class has. */
  shares(example: number): Float32Array {
    return this.of(example).map((votes) => votes / this.total);
  }

  private of(example: number): Float32Array {
    return this.votes.subarray(example * this.classes, (example + 1) * this.classes);
  }
}
