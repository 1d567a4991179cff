import { bestSoFar, indexAt, reaches, type Curve, type Metric } from './curves.ts';

/** A curve where a line through all of them meets it. */
export interface Met {
  curve: Curve;
  /** Index of the value. */
  k: number;
  value: number;
  /** The best value up to now, and its index. */
  best: { value: number; k: number };
}

/** The curves that have a value at `x`, the best first; one that has ended before it has none. */
export function valuesAt(curves: readonly Curve[], x: number, metric: Metric): Met[] {
  const met = curves.flatMap((curve): Met[] => {
    const k = indexAt(curve, x);
    const best = bestSoFar(curve, metric);
    return k < 0 || best === null || !reaches(curve, k, x)
      ? []
      : [{ curve, k, value: curve.y[k]!, best }];
  });
  const sign = metric === 'accuracy' ? -1 : 1;
  return met.sort((a, b) => sign * (a.value - b.value));
}

/** The curve above or below another one at its value `k`, as far as there is one. */
export function curveBeside(
  curve: Curve,
  k: number,
  by: 1 | -1,
  curves: readonly Curve[],
  metric: Metric,
): Met | undefined {
  const met = valuesAt(curves, curve.x[k]!, metric);
  const at = met.findIndex((one) => one.curve === curve);
  return met[Math.min(Math.max(at + by, 0), met.length - 1)];
}

/**
 * The rows that a tooltip has room for: the first few and, where it is not among them, the one that
 * is pointed at. Each with its place, from 1.
 */
export function tooltipRows(
  met: readonly Met[],
  focused: number | null,
  room: number,
): (Met & { place: number })[] {
  const placed = met.map((one, k) => ({ ...one, place: k + 1 }));
  const at = placed.findIndex(({ curve }) => curve.participant === focused);
  if (at < room) return placed.slice(0, room);
  return [...placed.slice(0, room - 1), placed[at]!];
}
