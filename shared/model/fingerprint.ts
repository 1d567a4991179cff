/** All bits of a NaN may differ between engines; which one it is says nothing about the run. */
const ANY_NAN = 0x7fc00000;

/**
 * A hash of the bits of all parameters: two models with the same fingerprint have, as good as
 * certainly, computed the same to the last bit. FNV-1a over the bytes, little-endian, in two
 * independent 32-bit halves.
 * @returns 16 hexadecimal digits
 */
export function fingerprint(parameters: readonly (Float32Array | Float64Array)[]): string {
  let first = 0x811c9dc5;
  let second = 0x9747b28c;
  for (const values of parameters) {
    for (const word of words(values)) {
      for (let shift = 0; shift < 32; shift += 8) {
        const byte = (word >>> shift) & 0xff;
        first = Math.imul(first ^ byte, 0x01000193);
        second = Math.imul(second ^ byte ^ (first >>> 24), 0x01000193);
      }
    }
  }
  return hex(first) + hex(second);
}

/** The values' bits, 32 at a time, the same on machines of either byte order. */
function* words(values: Float32Array | Float64Array): Generator<number> {
  const width = values.BYTES_PER_ELEMENT;
  const view = new DataView(new ArrayBuffer(width));
  for (const value of values) {
    if (width === 4) view.setFloat32(0, value, true);
    else view.setFloat64(0, value, true);
    for (let at = 0; at < width; at += 4) {
      yield Number.isNaN(value) ? ANY_NAN : view.getUint32(at, true);
    }
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
