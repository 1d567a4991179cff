/** How well test examples are told apart. */
export interface Score {
  /** Share of all examples that are right. */
  accuracy: number;
  /** Share of the examples of each class that are right; NaN for a class without examples. */
  perClass: number[];
}

/** Compares answers with the labels of `examples` test examples. */
export class Scores {
  private readonly classes: number;

  constructor(
    private readonly labels: Uint8Array,
    private readonly examples: number,
  ) {
    this.classes =
      1 + labels.subarray(0, examples).reduce((most, label) => Math.max(most, label), 0);
  }

  /** @param guess the class that is said of an example */
  of(guess: (example: number) => number): Score {
    const right = new Float64Array(this.classes);
    const all = new Float64Array(this.classes);
    for (let i = 0; i < this.examples; i++) {
      const label = this.labels[i]!;
      all[label]! += 1;
      if (guess(i) === label) right[label]! += 1;
    }
    const sum = right.reduce((a, b) => a + b, 0);
    return { accuracy: sum / this.examples, perClass: [...right].map((n, k) => n / all[k]!) };
  }
}
