import { position, valueAt, type Axis } from './axis.ts';
import { indexAt, type Curve } from './curves.ts';

/** A point of a curve: value `k` of a participant. */
export interface Hit {
  participant: number;
  k: number;
}

/** How near a pointer has to come to a curve to be at it, in CSS pixels. */
export const REACH = { mouse: 24, touch: 40 };

/**
 * The curve nearest to the pixel (px, py), at most `reach` pixels away. Curves that have left the
 * picture at the top are met at its edge.
 */
export function nearestCurve(
  curves: readonly Curve[],
  x: Axis,
  y: Axis,
  px: number,
  py: number,
  reach: number,
): Hit | null {
  const from = valueAt(x, px - reach);
  const to = valueAt(x, px + reach);
  const top = Math.min(y.from, y.to);
  const bottom = Math.max(y.from, y.to);
  let best: Hit | null = null;
  let nearest = reach;
  for (const curve of curves) {
    const { participant, x: places, y: values } = curve;
    const height = (k: number) => Math.min(Math.max(position(y, values[k]!), top), bottom);
    const first = Math.max(0, indexAt(curve, from));
    const last = Math.min(values.length - 1, indexAt(curve, to) + 1);
    let beforeX = NaN;
    let beforeY = NaN;
    for (let k = first; k <= last; k++) {
      const hereX = position(x, places[k]!);
      const hereY = height(k);
      if (Number.isNaN(hereX)) continue;
      const distance = Number.isNaN(beforeX)
        ? Math.hypot(px - hereX, py - hereY)
        : distanceToSegment(px, py, beforeX, beforeY, hereX, hereY);
      if (distance < nearest) {
        nearest = distance;
        best = { participant, k };
      }
      beforeX = hereX;
      beforeY = hereY;
    }
  }
  return best;
}

function distanceToSegment(
  px: number,
  py: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}
