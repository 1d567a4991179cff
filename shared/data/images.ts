import type { Examples } from './examples.ts';
import { PIXELS, type LabelledImages } from './idx.ts';

/** The pixel value v scaled to [0, 1], as a 32-bit float. */
const INTENSITY = Float32Array.from({ length: 256 }, (_, v) => v / 255);

/** Images that arrive piece by piece, in order; training may use those that are there. */
export class ImageSet implements Examples {
  readonly inputs = PIXELS;

  private constructor(
    /** How many images there will be. */
    readonly capacity: number,
    readonly labels: Uint8Array,
    private readonly pixels: Uint8Array,
    private arrived: number,
  ) {}

  /** A set that waits for its images. */
  static awaiting(capacity: number): ImageSet {
    return new ImageSet(capacity, new Uint8Array(capacity), new Uint8Array(capacity * PIXELS), 0);
  }

  /** The first `count` of the given images, without copying them. */
  static of({ images, labels }: LabelledImages, count = labels.length): ImageSet {
    const pixels = images.subarray(0, count * PIXELS);
    return new ImageSet(count, labels.subarray(0, count), pixels, count);
  }

  /** How many images are there, from the first on. */
  get available(): number {
    return this.arrived;
  }

  /** Adds the images that follow; those past the capacity are left out. */
  add({ images, labels }: LabelledImages): void {
    const count = Math.min(labels.length, this.capacity - this.arrived);
    this.labels.set(labels.subarray(0, count), this.arrived);
    this.pixels.set(images.subarray(0, count * PIXELS), this.arrived * PIXELS);
    this.arrived += count;
  }

  /** Writes image `i` as 784 intensities in [0, 1]. */
  read(i: number, x: Float32Array): void {
    const from = i * PIXELS;
    for (let j = 0; j < PIXELS; j++) x[j] = INTENSITY[this.pixels[from + j]!]!;
  }

  /** The bytes of images `from` to `to`, as a window on the set: do not write it. */
  bytes(from: number, to: number): Uint8Array {
    return this.pixels.subarray(from * PIXELS, to * PIXELS);
  }
}
