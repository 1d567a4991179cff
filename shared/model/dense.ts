/**
 * A dense layer z = x·W + b: every input is joined to every output by a weight.
 * 32-bit arithmetic in a fixed order; inputs that are zero are passed over, in both directions,
 * since they change nothing (four fifths of MNIST's pixels are zero).
 *
 * Formulas: D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by
 * back-propagating errors", Nature 323 (1986).
 */
const { fround } = Math;

export class Dense {
  /** W, inputs × outputs, row by row: the weights of one input lie side by side. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  private readonly sums = new Float32Array(4);

  constructor(
    readonly inputs: number,
    readonly outputs: number,
  ) {
    this.weights = new Float32Array(inputs * outputs);
    this.biases = new Float32Array(outputs);
  }

  /**
   * z_k = b_k + Σ_j x_j · W_jk, summed in the order of the inputs.
   * @param x `inputs` values
   * @param z takes `outputs` values
   */
  forward(x: Float32Array, z: Float32Array): void {
    const { weights, inputs, outputs } = this;
    z.set(this.biases);
    for (let j = 0; j < inputs; j++) {
      const xj = x[j]!;
      if (xj === 0) continue;
      const row = j * outputs;
      for (let k = 0; k < outputs; k++) z[k]! += fround(xj * weights[row + k]!);
    }
  }

  /**
   * What the cost asks of the inputs, by the chain rule: ∂C/∂x_j = Σ_k W_jk · ∂C/∂z_k. Summed in
   * four interleaved sums, as a processor adds four numbers at once: every fourth product belongs
   * to one sum, and at the end (0 + 1) + (2 + 3).
   * @param s ∂C/∂z times any factor, `outputs` values
   * @param below takes ∂C/∂x times the same factor, `inputs` values
   */
  backward(s: Float32Array, below: Float32Array): void {
    const { weights, inputs, outputs, sums } = this;
    for (let j = 0; j < inputs; j++) {
      const row = j * outputs;
      sums.fill(0);
      for (let k = 0; k < outputs; k++) sums[k & 3]! += fround(weights[row + k]! * s[k]!);
      below[j] = fround(sums[0]! + sums[1]!) + fround(sums[2]! + sums[3]!);
    }
  }

  /**
   * Gradient descent for one example: since ∂C/∂W_jk = x_j · ∂C/∂z_k and ∂C/∂b_k = ∂C/∂z_k,
   * W_jk −= x_j · s_k and b_k −= s_k.
   * @param x the example's `inputs` values
   * @param s the step: learning rate · ∂C/∂z, `outputs` values
   */
  descend(x: Float32Array, s: Float32Array): void {
    const { weights, biases, inputs, outputs } = this;
    for (let j = 0; j < inputs; j++) {
      const xj = x[j]!;
      if (xj === 0) continue;
      const row = j * outputs;
      for (let k = 0; k < outputs; k++) weights[row + k]! -= fround(xj * s[k]!);
    }
    for (let k = 0; k < outputs; k++) biases[k]! -= s[k]!;
  }
}
