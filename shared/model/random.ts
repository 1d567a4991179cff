/**
 * Random numbers that follow from a seed, the same in every engine: xoshiro128** (D. Blackman and
 * S. Vigna, 2018), its state filled by SplitMix32 as its authors advise. Integers only.
 */
export class Random {
  private readonly state = new Uint32Array(4);

  /**
   * @param seed the run's seed, 32 bits
   * @param stream which of the seed's independent sequences; see `STREAM`
   */
  constructor(seed: number, stream: number) {
    let mix = (seed ^ Math.imul(stream, 0x9e3779b9)) >>> 0;
    for (let i = 0; i < 4; i++) {
      mix = (mix + 0x9e3779b9) >>> 0;
      let z = mix;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.state[i] = z ^ (z >>> 16);
    }
    // The all-zero state would give zeros for ever.
    if (this.state.every((word) => word === 0)) this.state[0] = 1;
  }

  /** The next of 2³² equally likely integers. */
  next(): number {
    const s = this.state;
    const result = Math.imul(rotate(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const t = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotate(s[3]!, 11);
    return result;
  }

  /** An integer from 0 to n − 1; n up to 2²¹, so that the product is exact. */
  below(n: number): number {
    return Math.floor((this.next() * n) / 0x1_0000_0000);
  }

  /** A 32-bit float in [low, high), from 24 random bits. */
  uniform(low: number, high: number): number {
    const fraction = (this.next() >>> 8) / 0x100_0000;
    return Math.fround(low + Math.fround(fraction * Math.fround(high - low)));
  }
}

/** What a seed's sequences are for. Epoch e shuffles with stream `order + e`. */
export const STREAM = { weights: 1, points: 2, testPoints: 3, order: 16 } as const;

/** Puts `items[from…to)` in random order (Fisher–Yates). */
export function shuffle(items: Uint32Array, from: number, to: number, random: Random): void {
  for (let i = to - 1; i > from; i--) {
    const j = from + random.below(i - from + 1);
    const swap = items[i]!;
    items[i] = items[j]!;
    items[j] = swap;
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
