import { StoreError, type Piece, type SeriesRecord } from '../store.ts';

/** Losses in one full block: 256 bytes, so that growing costs little and a whole column has 16. */
export const BLOCK = 64;

/** Floats that make one evaluation. */
const PAIR = 2;

/** Losses one after the other, and when each was there. */
export interface Timed {
  losses: Float32Array;
  times: Float32Array;
}

/** What a row of `series` says, and the full blocks that growing has made since it was read. */
export class StoredColumn {
  losses: number;
  tail: Timed;
  evaluations: Float32Array;
  divergedAt: number | null;
  readonly full: ({ first: number } & Timed)[] = [];

  constructor(
    readonly participant: number,
    row?: {
      losses: number;
      tail: Timed;
      evaluations: Float32Array;
      divergedAt: number | null;
    },
  ) {
    this.losses = row?.losses ?? 0;
    this.tail = row?.tail ?? { losses: new Float32Array(0), times: new Float32Array(0) };
    this.evaluations = row?.evaluations ?? new Float32Array(0);
    this.divergedAt = row?.divergedAt ?? null;
  }

  /** Adds what a column gained. Throws StoreError 'gap' where values before are missing. */
  grow({ losses, evaluations, divergedAt }: SeriesRecord): void {
    const more = unknownPart(losses, this.losses, 1);
    const moreTimes = unknownPart({ from: losses.from, values: losses.times }, this.losses, 1);
    this.losses += more.length;
    let tail = {
      losses: joined(this.tail.losses, more),
      times: joined(this.tail.times, moreTimes),
    };
    while (tail.losses.length >= BLOCK) {
      this.full.push({ first: this.losses - tail.losses.length, ...part(tail, 0, BLOCK) });
      tail = part(tail, BLOCK);
    }
    this.tail = tail;
    const held = this.evaluations.length / PAIR;
    this.evaluations = joined(this.evaluations, unknownPart(evaluations, held, PAIR));
    this.divergedAt = divergedAt ?? this.divergedAt;
  }
}

/** What of a piece lies beyond the `held` values, each of `width` floats. */
function unknownPart({ from, values }: Piece, held: number, width: number): Float32Array {
  if (from > held) throw new StoreError('gap', 'values before these are missing');
  return values.subarray((held - from) * width);
}

function part({ losses, times }: Timed, from: number, to?: number): Timed {
  return { losses: losses.slice(from, to), times: times.slice(from, to) };
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const values = new Float32Array(first.length + second.length);
  values.set(first);
  values.set(second, first.length);
  return values;
}
