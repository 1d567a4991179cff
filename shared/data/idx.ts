/**
 * The IDX format of the original MNIST files: two zero bytes, the type of a value (8 = unsigned
 * byte), the number of dimensions, each dimension as a big-endian u32, then the values.
 */

/** 28×28 images and the digit that each shows. */
export interface LabelledImages {
  /** 784 bytes an image, row by row, 0 (paper) to 255 (ink). */
  images: Uint8Array;
  labels: Uint8Array;
}

export const IMAGE_SIDE = 28;
export const PIXELS = IMAGE_SIDE * IMAGE_SIDE;

/** A data file is not what it should be: wrong magic number, wrong length, wrong values. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** Joins an IDX file of images (n × 28 × 28) with one of labels (n). Throws DataError. */
export function parseIdx(imageFile: Uint8Array, labelFile: Uint8Array): LabelledImages {
  const images = values(imageFile, [IMAGE_SIDE, IMAGE_SIDE]);
  const labels = values(labelFile, []);
  if (images.length !== labels.length * PIXELS) {
    throw new DataError(`${images.length / PIXELS} images but ${labels.length} labels`);
  }
  requireDigits(labels);
  return { images, labels };
}

/** Throws a DataError unless every label is a digit. */
export function requireDigits(labels: Uint8Array): void {
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) throw new DataError(`label ${wrong} is ${labels[wrong]}, not a digit`);
}

/** The values of an IDX file of unsigned bytes whose dimensions after the first are `shape`. */
function values(file: Uint8Array, shape: number[]): Uint8Array {
  const headerBytes = 4 + 4 * (1 + shape.length);
  if (file.length < headerBytes) throw new DataError('IDX file is cut short in its header');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = 0x0800 | (1 + shape.length);
  if (view.getUint32(0) !== magic) {
    throw new DataError(`IDX magic number is ${view.getUint32(0)}, not ${magic}`);
  }
  shape.forEach((size, i) => {
    const found = view.getUint32(8 + 4 * i);
    if (found !== size) throw new DataError(`IDX dimension ${i + 1} is ${found}, not ${size}`);
  });
  const count = view.getUint32(4);
  const expected = headerBytes + shape.reduce((product, size) => product * size, count);
  if (file.length !== expected) {
    throw new DataError(`IDX file has ${file.length} bytes, its header promises ${expected}`);
  }
  return file.subarray(headerBytes);
}
