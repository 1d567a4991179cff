/** A model's parameters as the class counts them: so many students have trained exactly this one. */
export interface Weighed {
  parameters: readonly ArrayLike<number>[];
  students: number;
}

/**
 * The mean of many models' parameters, taken up one model after the other. Each value is
 * (n₁·θ₁ + n₂·θ₂ + …) / (n₁ + n₂ + …), the sum in 64 bits from the left to the right: the same
 * models in the same order give the same bits. One value that is no number makes its mean none.
 */
export class ParameterMean {
  private sums: Float64Array[] | null = null;
  private total = 0;

  /** How many students the models that were taken up stand for. */
  get students(): number {
    return this.total;
  }

  /** @throws RangeError where the model has other parameters than those before it */
  add({ parameters, students }: Weighed): void {
    this.sums ??= parameters.map(({ length }) => new Float64Array(length));
    const { sums } = this;
    if (parameters.length !== sums.length) throw new RangeError('another kind of model');
    parameters.forEach((values, p) => {
      const sum = sums[p]!;
      if (values.length !== sum.length) throw new RangeError(`parameters ${p} do not fit`);
      for (let i = 0; i < sum.length; i++) sum[i]! += students * values[i]!;
    });
    this.total += students;
  }

  /** The mean in 64 bits, as the perceptron keeps its parameters; null before the first model. */
  get wide(): Float64Array[] | null {
    const { sums, total } = this;
    return sums && sums.map((sum) => sum.map((value) => value / total));
  }

  /** The mean rounded to 32 bits, as classifiers keep their parameters; null before the first model. */
  get narrow(): Float32Array[] | null {
    return this.wide?.map((values) => Float32Array.from(values)) ?? null;
  }
}
