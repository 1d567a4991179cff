import { METRICS, UNITS, type Metric, type Unit } from '../../shared/wall.ts';
import type { Status } from '../../shared/protocol/views.ts';
import type { Extent } from './extent.ts';

export { METRICS, UNITS, type Metric, type Unit };

/** Whoever is behind is training. */
export type State = Exclude<Status['state'], 'behind'>;

export function stateOf({ state }: Status): State {
  return state === 'behind' ? 'training' : state;
}

/** One student's run, as the charts draw it. */
export interface Curve {
  participant: number;
  name: string;
  rate: number;
  /** Place of the learning rate on the colour scale, 0 to 1. */
  tone: number;
  colour: string;
  state: State;
  /** Where each value lies along the x axis, in its unit; rising, NaN where that is not known. */
  x: Float32Array;
  /** The values, smoothed where that is asked; not longer than `x`. */
  y: Float32Array;
  /** The values themselves, where `y` are smoothed. */
  raw: Float32Array | null;
  extent: Extent;
  /** The step at which the run diverged, or null while it lives, and where that lies on the x axis. */
  divergedAt: number | null;
  divergedX: number | null;
  /** The same as long as the values only grow at their end. */
  source: object;
}

/** The best value so far and its index, or null before there is one. */
export function bestSoFar({ extent }: Curve, metric: Metric): { value: number; k: number } | null {
  return metric === 'accuracy' ? extent.most : extent.least;
}

/** The index of the last value that lies at `x` or before it, or -1. */
export function indexAt({ x: places, y }: Pick<Curve, 'x' | 'y'>, x: number): number {
  let low = -1;
  let high = y.length;
  // Places that are not known come first, and count as before.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]! > x) high = middle;
    else low = middle;
  }
  return low >= 0 && Number.isNaN(places[low]!) ? -1 : low;
}

/**
 * Whether a curve is still there at `x`, whose last value at `x` or before it has index `k`: its
 * last value counts until the next one would have come, and no longer.
 */
export function reaches({ x: places, y }: Pick<Curve, 'x' | 'y'>, k: number, x: number): boolean {
  if (k < y.length - 1) return true;
  const last = places[k]!;
  if (x <= last) return true;
  const next = places[k + 1];
  if (next !== undefined && next > last) return x < next;
  // Values may come several at once; the gap before them is the one that counts.
  let before = k - 1;
  while (before >= 0 && places[before] === last) before--;
  return before >= 0 && x - last < last - places[before]!;
}
