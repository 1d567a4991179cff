/**
 * A dense layer z = x·W + b: every input is joined to every output by a weight.
 * 32-bit arithmetic in a fixed order; inputs that are zero are passed over, in both directions,
 * since they change nothing (four fifths of MNIST's pixels are zero).
 */
const { fround } = Math;

export class Dense {
  /** W, inputs × outputs, row by row: the weights of one input lie side by side. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;

  constructor(
    readonly inputs: number,
    readonly outputs: number,
  ) {
    this.weights = new Float32Array(inputs * outputs);
    this.biases = new Float32Array(outputs);
  }

  /** z_k = b_k + Σ_j x_j · W_jk, summed in the order of the inputs. */
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
   * Gradient descent for one example: since ∂C/∂W_jk = x_j · ∂C/∂z_k and ∂C/∂b_k = ∂C/∂z_k,
   * W_jk −= x_j · s_k and b_k −= s_k.
   * @param s the step: learning rate · ∂C/∂z, a value an output
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
