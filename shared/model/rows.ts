/** One row of 32-bit floats for each example of a batch, made once for the largest batch seen. */
export class Rows {
  private rows: Float32Array[] = [];

  constructor(private readonly width: number) {}

  /** At least `count` rows. */
  atLeast(count: number): readonly Float32Array[] {
    if (this.rows.length < count) {
      const { width } = this;
      const values = new Float32Array(count * width);
      this.rows = Array.from({ length: count }, (_, i) =>
        values.subarray(i * width, (i + 1) * width),
      );
    }
    return this.rows;
  }
}
