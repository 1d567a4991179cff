import { windowEnd, type Grid } from '../../shared/run/settings.ts';
import { position, type Axis } from './axis.ts';
import type { Curve } from './curves.ts';

/** A point of a curve: reporting window `k` of a participant. */
export interface Hit {
  participant: number;
  k: number;
}

/**
 * The curve nearest to the pixel (px, py), at most `reach` pixels away. Curves that have left the
 * picture at the top are met at its edge.
 */
export function nearestCurve(
  curves: readonly Curve[],
  grid: Grid,
  x: Axis,
  y: Axis,
  px: number,
  py: number,
  reach: number,
): Hit | null {
  const stepsPerPixel = (x.range.max - x.range.min) / (x.to - x.from);
  const step = x.range.min + (px - x.from) * stepsPerPixel;
  const windows = (reach * stepsPerPixel) / grid.every;
  const centre = step / grid.every - 1;
  const top = Math.min(y.from, y.to);
  const bottom = Math.max(y.from, y.to);
  const point = (values: ArrayLike<number>, k: number) => ({
    x: position(x, windowEnd(grid, k)),
    y: Math.min(Math.max(position(y, values[k]!), top), bottom),
  });

  let best: Hit | null = null;
  let nearest = reach;
  for (const { participant, values } of curves) {
    const last = Math.min(values.length - 1, Math.ceil(centre + windows));
    for (let k = Math.max(0, Math.floor(centre - windows)); k <= last; k++) {
      const here = point(values, k);
      const before = k > 0 ? point(values, k - 1) : here;
      const distance = distanceToSegment(px, py, before, here);
      if (distance < nearest) {
        nearest = distance;
        best = { participant, k };
      }
    }
  }
  return best;
}

interface Point {
  x: number;
  y: number;
}

function distanceToSegment(px: number, py: number, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((px - a.x) * dx + (py - a.y) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(px - a.x - t * dx, py - a.y - t * dy);
}
