import type { Examples } from '../data/examples.ts';

/** What an instance of the kernels exports; addresses and counts are u32. See `shared/kernels`. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** The first address that is free. */
  readonly heap: { readonly value: number };
  readonly softmaxStep: Step;
  readonly softmaxClassify: Classify;
  readonly softmaxEvaluate: Evaluate;
  readonly mlpStep: Step;
  readonly mlpClassify: Classify;
  readonly mlpEvaluate: Evaluate;
  readonly convnetStep: Step;
  readonly convnetClassify: Classify;
  readonly convnetEvaluate: Evaluate;
}

export type Step = (
  model: number,
  set: number,
  batch: number,
  size: number,
  rate: number,
) => number;
export type Classify = (model: number, set: number, i: number) => number;
export type Evaluate = (
  model: number,
  set: number,
  from: number,
  to: number,
  losses: number,
) => number;

const PAGE_BYTES = 65_536;
/** One cache line, and one row of weights. */
const ROW_BYTES = 64;
/** Examples taken over at once: what is not zero is known only afterwards. */
const TAKEN_AT_ONCE = 256;

/**
 * Examples as the kernels read them: of each, only the inputs that are not zero, as u32 offset of
 * its row of weights and f32 value.
 */
interface Mirror {
  /** Address of the record that `ExampleSet` in `shared/kernels/memory.ts` describes. */
  readonly address: number;
  readonly bounds: number;
  readonly labels: number;
  /** How many examples have been taken over, from the first on. */
  taken: number;
}

/**
 * The memory of one instance of the kernels: the examples of one run and the models that train on
 * them. It only grows, up to what the run needs; with the run it is dropped as a whole.
 */
export class KernelSpace {
  private top: number;
  private readonly mirrors = new Map<Examples, Mirror>();
  private readonly scratches = new Map<string, { bytes: number; address: number }>();

  constructor(readonly exports: KernelExports) {
    this.top = align(exports.heap.value);
  }

  /** Reserves `bytes` of zeros and returns their address. */
  allocate(bytes: number): number {
    const address = this.top;
    this.top = align(address + bytes);
    const { memory } = this.exports;
    const missing = this.top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return address;
  }

  /**
   * Room for what is forgotten after each call, shared by all models: one of `purpose`, as large as
   * the largest asked for.
   */
  scratch(purpose: string, bytes: number): number {
    const known = this.scratches.get(purpose);
    if (known && known.bytes >= bytes) return known.address;
    const address = this.allocate(bytes);
    this.scratches.set(purpose, { bytes, address });
    return address;
  }

  /** A window on the memory, until the next `allocate`. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, address, length);
  }

  /** A window on the memory, until the next `allocate`. */
  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, address, length);
  }

  /** A record of addresses and counts. */
  record(fields: readonly number[]): number {
    const address = this.allocate(4 * fields.length);
    this.words(address, fields.length).set(fields);
    return address;
  }

  /** The address of `set` in the kernels' form; what has arrived since is taken over first. */
  mirror(set: Examples): number {
    while (this.takeSome(set));
    return this.mirrorOf(set).address;
  }

  /**
   * Takes over some of the examples that have arrived, in an area of their own.
   * @returns whether there were any
   */
  takeSome(set: Examples): boolean {
    const mirror = this.mirrorOf(set);
    if (mirror.taken >= set.available) return false;
    this.take(set, mirror, Math.min(TAKEN_AT_ONCE, set.available - mirror.taken));
    return true;
  }

  private mirrorOf(set: Examples): Mirror {
    let mirror = this.mirrors.get(set);
    if (!mirror) this.mirrors.set(set, (mirror = this.begin(set)));
    return mirror;
  }

  private begin(set: Examples): Mirror {
    const bounds = this.allocate(8 * set.capacity);
    const labels = this.allocate(set.capacity);
    return { address: this.record([bounds, labels]), bounds, labels, taken: 0 };
  }

  private take(set: Examples, mirror: Mirror, count: number): void {
    const from = mirror.taken;
    const x = new Float32Array(set.inputs);
    const rows = new Uint32Array(2 * set.inputs * count);
    const values = new Float32Array(rows.buffer);
    const ends = new Uint32Array(count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      set.read(from + i, x);
      for (let j = 0; j < x.length; j++) {
        const value = x[j]!;
        if (value === 0) continue;
        rows[at] = j * ROW_BYTES;
        values[at + 1] = value;
        at += 2;
      }
      ends[i] = at;
    }
    const area = this.allocate(4 * at);
    this.words(area, at).set(rows.subarray(0, at));
    const bounds = this.words(mirror.bounds + 8 * from, 2 * count);
    for (let i = 0; i < count; i++) {
      bounds[2 * i] = area + 4 * (i === 0 ? 0 : ends[i - 1]!);
      bounds[2 * i + 1] = area + 4 * ends[i]!;
    }
    const labels = new Uint8Array(this.exports.memory.buffer, mirror.labels + from, count);
    labels.set(set.labels.subarray(from, from + count));
    mirror.taken = from + count;
  }
}

function align(address: number): number {
  return Math.ceil(address / ROW_BYTES) * ROW_BYTES;
}
