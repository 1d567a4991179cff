import { DataError, PIXELS, requireDigits, type LabelledImages } from './idx.ts';

/**
 * A shard carries some of the images to a browser, so that training starts when the first is
 * there: "BABS", u32 n little-endian, n labels, n × 784 pixels.
 */
const MAGIC = 0x53424142;
const HEADER_BYTES = 8;

export const IMAGES_PER_SHARD = 2_000;

export function encodeShard({ images, labels }: LabelledImages): Uint8Array {
  const shard = new Uint8Array(HEADER_BYTES + labels.length + images.length);
  const view = new DataView(shard.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, labels.length, true);
  shard.set(labels, HEADER_BYTES);
  shard.set(images, HEADER_BYTES + labels.length);
  return shard;
}

/** Throws a DataError when magic number, length or labels are not those of a whole shard. */
export function decodeShard(shard: Uint8Array): LabelledImages {
  if (shard.length < HEADER_BYTES) throw new DataError('shard is cut short in its header');
  const view = new DataView(shard.buffer, shard.byteOffset, shard.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new DataError('not a shard: wrong magic number');
  const count = view.getUint32(4, true);
  const imagesAt = HEADER_BYTES + count;
  if (shard.length !== imagesAt + count * PIXELS) {
    throw new DataError(`shard has ${shard.length} bytes, ${count} images need another length`);
  }
  const labels = shard.subarray(HEADER_BYTES, imagesAt);
  requireDigits(labels);
  return { images: shard.subarray(imagesAt), labels };
}
