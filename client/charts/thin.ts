/** Nobody sees a line that is this far from where it should be, in device pixels. */
export const TOLERANCE = 0.2;

/** Points nearer to each other than this along x, in pixels, are one above the other: slopes between them overflow. */
const UPRIGHT = 1e-6;

/**
 * The points that a curve needs on the screen: of each column of pixels the first, the lowest, the
 * highest and the last, and of those none that lies on the straight line between its neighbours.
 * @param x, y pixels; x does not fall
 * @param from, to the points that are meant: [from, to)
 * @param kept is given the indices of the points that stay, in order: the first and the last always
 * @returns how many stay
 */
export function thin(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  from: number,
  to: number,
  kept: Uint32Array,
): number {
  return straighten(x, y, kept, columns(x, y, from, to, kept));
}

/** First, lowest, highest and last of each column of pixels. */
function columns(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  from: number,
  to: number,
  kept: Uint32Array,
): number {
  let count = 0;
  let first = from;
  while (first < to) {
    const column = Math.floor(x[first]!);
    let low = first;
    let high = first;
    let last = first;
    for (let k = first + 1; k < to && Math.floor(x[k]!) === column; k++) {
      if (y[k]! < y[low]!) low = k;
      if (y[k]! > y[high]!) high = k;
      last = k;
    }
    const second = Math.min(low, high);
    const third = Math.max(low, high);
    kept[count++] = first;
    if (second > first) kept[count++] = second;
    if (third > second) kept[count++] = third;
    if (last > third) kept[count++] = last;
    first = last + 1;
  }
  return count;
}

/**
 * Drops points within TOLERANCE of the line that is left, in place. From the last point that stays
 * goes a wedge of slopes that pass all points since; the next one stays out of it, or narrows it.
 */
function straighten(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  kept: Uint32Array,
  count: number,
): number {
  if (count < 3) return count;
  let stay = 1;
  let anchor = kept[0]!;
  let low = -Infinity;
  let high = Infinity;
  for (let i = 1; i < count; i++) {
    const k = kept[i]!;
    const previous = kept[i - 1]!;
    const slope = (y[k]! - y[anchor]!) / (x[k]! - x[anchor]!);
    if (i > 1 && previous !== anchor && !(slope >= low && slope <= high)) {
      kept[stay++] = previous;
      anchor = previous;
      low = -Infinity;
      high = Infinity;
    }
    const across = x[k]! - x[anchor]!;
    if (across < UPRIGHT) {
      // Straight up or down: no slope says how far.
      if (anchor !== k && k !== kept[stay - 1]) kept[stay++] = k;
      anchor = k;
      low = -Infinity;
      high = Infinity;
      continue;
    }
    low = Math.max(low, (y[k]! - TOLERANCE - y[anchor]!) / across);
    high = Math.min(high, (y[k]! + TOLERANCE - y[anchor]!) / across);
  }
  const last = kept[count - 1]!;
  if (kept[stay - 1] !== last) kept[stay++] = last;
  return stay;
}
