/**
 * A series that grows at its end: preallocated, so that a point costs nothing but its four bytes.
 * Server, student and screens all keep their curves in these.
 */
export class Column {
  private readonly values: Float32Array;
  private held = 0;

  /**
   * @param capacity values at the most
   * @param width floats that make one value: 1 for a loss, 2 for (loss, accuracy)
   */
  constructor(
    readonly capacity: number,
    readonly width = 1,
  ) {
    this.values = new Float32Array(capacity * width);
  }

  get length(): number {
    return this.held;
  }

  get isFull(): boolean {
    return this.held === this.capacity;
  }

  /**
   * Adds `values`, the first of which has index `from`. Values already held are left as they are,
   * so a repeat changes nothing.
   * @returns how many values were new, or null where values before `from` are missing
   * @throws RangeError when the values reach past the capacity
   */
  append(from: number, values: ArrayLike<number>): number | null {
    const count = values.length / this.width;
    if (from + count > this.capacity) throw new RangeError('past the end of the column');
    if (from > this.held) return null;
    const known = this.held - from;
    if (count <= known) return 0;
    for (let i = known * this.width; i < values.length; i++) {
      this.values[from * this.width + i] = values[i]!;
    }
    this.held = from + count;
    return count - known;
  }

  /** Adds one value, made of `width` parts, at the end. Throws RangeError when the column is full. */
  push(value: number, second = 0): void {
    if (this.isFull) throw new RangeError('past the end of the column');
    const at = this.held * this.width;
    this.values[at] = value;
    if (this.width > 1) this.values[at + 1] = second;
    this.held += 1;
  }

  /** The values from index `from` up to `to`, as a window on the column itself: do not keep or write it. */
  slice(from: number, to = this.held): Float32Array {
    return this.values.subarray(from * this.width, Math.min(to, this.held) * this.width);
  }

  /** Value `index`, or its part `part` where a value is made of several. */
  at(index: number, part = 0): number {
    if (index < 0 || index >= this.held) throw new RangeError(`no value ${index}`);
    return this.values[index * this.width + part]!;
  }
}
