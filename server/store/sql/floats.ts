import type { Timed } from './column.ts';
import type { Bytes } from './schema.ts';

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of 32-bit floats, little-endian whatever the machine. A copy. */
export function toBytes(values: Float32Array): Buffer {
  // Buffers, since `pg` takes other arrays of bytes for lists.
  const bytes = Buffer.from(values.slice().buffer);
  return HOST_IS_LITTLE_ENDIAN ? bytes : bytes.swap32();
}

/** The floats that `toBytes` made bytes of. A copy. */
export function fromBytes(stored: Bytes): Float32Array {
  const bytes = Buffer.from(stored instanceof ArrayBuffer ? new Uint8Array(stored) : stored);
  if (!HOST_IS_LITTLE_ENDIAN) bytes.swap32();
  const values = new Float32Array(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}

/** Losses with their times, which are unknown where an earlier version wrote the row. */
export function timedFromBytes(losses: Bytes, times: Bytes | null): Timed {
  const values = fromBytes(losses);
  return { losses: values, times: times ? fromBytes(times) : values.map(() => NaN) };
}
