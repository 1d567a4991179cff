import { fromShort, SHORT_END, toShort } from './shortFloat.ts';

/** What is read, or was to be written, is no frame. */
export class FrameError extends Error {}

/** Typed arrays lie in memory in the order of the machine; that of the wire is little-endian. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Writes numbers one after another into bytes of a known length, little-endian. */
export class Writer {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }

  u8(value: number): void {
    this.view.setUint8(this.at, value);
    this.at += 1;
  }

  u16(value: number): void {
    if (value > 0xffff) throw new FrameError(`${value} does not fit in 16 bits`);
    this.view.setUint16(this.at, value, true);
    this.at += 2;
  }

  /** @throws FrameError where one of them is not finite */
  floats(values: Float32Array): void {
    for (let k = 0; k < values.length; k++) {
      if (!Number.isFinite(values[k])) throw new FrameError(`${values[k]} must not reach the wire`);
      if (!IS_LITTLE_ENDIAN) this.view.setFloat32(this.at + 4 * k, values[k]!, true);
    }
    if (IS_LITTLE_ENDIAN) {
      const { buffer, byteOffset, byteLength } = values;
      this.bytes.set(new Uint8Array(buffer, byteOffset, byteLength), this.at);
    }
    this.at += values.byteLength;
  }

  u32(value: number): void {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  /** Losses in 16 bits each. */
  shorts(values: Float32Array): void {
    for (const value of values) {
      if (!(value >= 0 && value < Infinity)) throw new FrameError(`${value} is no loss`);
      this.u16(toShort(value));
    }
  }
}

/** Reads what a `Writer` wrote; throws a FrameError where it cannot have been one. */
export class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: ArrayBuffer | Uint8Array) {
    this.view =
      bytes instanceof Uint8Array
        ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : new DataView(bytes);
  }

  get atEnd(): boolean {
    return this.at === this.view.byteLength;
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  floats(count: number): Float32Array {
    const at = this.take(4 * count);
    const values = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      const value = this.view.getFloat32(at + 4 * k, true);
      if (!Number.isFinite(value)) throw new FrameError('a value is not finite');
      values[k] = value;
    }
    return values;
  }

  shorts(count: number): Float32Array {
    const at = this.take(2 * count);
    const values = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      const short = this.view.getUint16(at + 2 * k, true);
      if (short >= SHORT_END) throw new FrameError('a value is not finite');
      values[k] = fromShort(short);
    }
    return values;
  }

  private take(length: number): number {
    const at = this.at;
    if (at + length > this.view.byteLength) throw new FrameError('frame is cut short');
    this.at = at + length;
    return at;
  }
}
