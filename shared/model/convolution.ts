const { fround } = Math;

/**
 * A convolution of one square image with several square kernels: valid positions only, stride 1.
 * Each kernel gives one channel of outputs. 32-bit arithmetic in a fixed order; pixels that are
 * zero are passed over, since they change nothing.
 *
 * Formulas: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
 * recognition", Proceedings of the IEEE 86 (1998); the kernel is not mirrored, as everywhere in
 * this field.
 */
export class Convolution {
  /** Rows and columns of one channel of outputs. */
  readonly outputSide: number;
  /** Values of all channels together. */
  readonly outputs: number;
  /** K, channel by channel, each row by row. */
  readonly kernels: Float32Array;
  /** One for each channel. */
  readonly biases: Float32Array;
  /** Σ ∂C/∂K times any factor, over the images since the last `descend`; shaped like `kernels`. */
  private readonly kernelSteps: Float32Array;
  private readonly biasSteps: Float32Array;

  constructor(
    readonly channels: number,
    readonly kernelSide: number,
    readonly imageSide: number,
  ) {
    this.outputSide = imageSide - kernelSide + 1;
    this.outputs = channels * this.outputSide ** 2;
    this.kernels = new Float32Array(channels * kernelSide ** 2);
    this.biases = new Float32Array(channels);
    this.kernelSteps = new Float32Array(this.kernels.length);
    this.biasSteps = new Float32Array(channels);
  }

  /**
   * z_c,r,q = b_c + Σ_i Σ_j x_r+i,q+j · K_c,i,j, summed row by row of the kernel.
   * @param x imageSide² pixels, row by row
   * @param z takes channels × outputSide², channel by channel, each row by row
   */
  forward(x: Float32Array, z: Float32Array): void {
    const { channels, kernelSide, imageSide, outputSide, kernels, biases } = this;
    let at = 0;
    for (let c = 0; c < channels; c++) {
      for (let r = 0; r < outputSide; r++) {
        for (let q = 0; q < outputSide; q++) {
          let sum = biases[c]!;
          for (let i = 0; i < kernelSide; i++) {
            const kernelRow = (c * kernelSide + i) * kernelSide;
            const imageRow = (r + i) * imageSide + q;
            for (let j = 0; j < kernelSide; j++) {
              const pixel = x[imageRow + j]!;
              if (pixel !== 0) sum = fround(sum + fround(pixel * kernels[kernelRow + j]!));
            }
          }
          z[at++] = sum;
        }
      }
    }
  }

  /**
   * Adds one image to the step: ∂C/∂K_c,i,j = Σ_r Σ_q x_r+i,q+j · ∂C/∂z_c,r,q, and ∂C/∂b_c is the
   * sum of its channel, both summed row by row of the outputs.
   * @param x the image that `forward` saw, imageSide² pixels
   * @param s ∂C/∂z times any factor, shaped like z
   */
  backward(x: Float32Array, s: Float32Array): void {
    const { channels, kernelSide, outputSide, kernelSteps, biasSteps } = this;
    const area = outputSide * outputSide;
    for (let c = 0; c < channels; c++) {
      const from = c * area;
      for (let i = 0; i < kernelSide; i++) {
        for (let j = 0; j < kernelSide; j++) {
          const at = (c * kernelSide + i) * kernelSide + j;
          kernelSteps[at] = this.correlate(kernelSteps[at]!, x, s, from, i, j);
        }
      }
      for (let k = 0; k < area; k++) biasSteps[c]! += s[from + k]!;
    }
  }

  /** `sum` + Σ_r Σ_q x_r+i,q+j · s_r,q over one channel, whose slopes begin at `from`. */
  private correlate(
    sum: number,
    x: Float32Array,
    s: Float32Array,
    from: number,
    i: number,
    j: number,
  ): number {
    const { imageSide, outputSide } = this;
    for (let r = 0; r < outputSide; r++) {
      const imageRow = (r + i) * imageSide + j;
      for (let q = 0; q < outputSide; q++) {
        const pixel = x[imageRow + q]!;
        if (pixel !== 0) sum = fround(sum + fround(pixel * s[from + r * outputSide + q]!));
      }
    }
    return sum;
  }

  /** Gradient descent with what `backward` has gathered: K −= step, b −= step. */
  descend(): void {
    const { kernels, biases, kernelSteps, biasSteps } = this;
    for (let i = 0; i < kernels.length; i++) kernels[i]! -= kernelSteps[i]!;
    for (let c = 0; c < biases.length; c++) biases[c]! -= biasSteps[c]!;
    kernelSteps.fill(0);
    biasSteps.fill(0);
  }
}
