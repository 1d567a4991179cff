import type { Points } from '../../../shared/data/linear.ts';

/** A place on the landscape: the weight and the bias of a perceptron. */
export interface Place {
  w: number;
  b: number;
}

/**
 * The cost C = MSE/2 of the perceptron as the quadratic that it is,
 * C = floor + ½·(xx·Δw² + 2·x·Δw·Δb + Δb²) with Δ the way from the bottom, so that its contours are
 * ellipses and need no search.
 */
export interface Valley {
  /** Where the cost is lowest. */
  bottom: Place;
  /** The cost there. */
  floor: number;
  /** Mean of x²: how steep the valley is along w alone, ∂²C/∂w². */
  xx: number;
  /** Mean of x: ∂²C/∂w∂b. ∂²C/∂b² is 1. */
  x: number;
}

/** The least-squares line is the bottom. Needs two different x at least. */
export function valleyOf(points: Points): Valley {
  const n = points.x.length;
  const mean = (of: (i: number) => number) => points.x.reduce((sum, _, i) => sum + of(i), 0) / n;
  const x = mean((i) => points.x[i]!);
  const y = mean((i) => points.y[i]!);
  const xx = mean((i) => points.x[i]! ** 2);
  const xy = mean((i) => points.x[i]! * points.y[i]!);
  const w = (xy - x * y) / (xx - x * x);
  const b = y - w * x;
  const floor = mean((i) => (w * points.x[i]! + b - points.y[i]!) ** 2) / 2;
  return { bottom: { w, b }, floor, xx, x };
}

export function costAt({ bottom, floor, xx, x }: Valley, { w, b }: Place): number {
  const dw = w - bottom.w;
  const db = b - bottom.b;
  return floor + (xx * dw * dw + 2 * x * dw * db + db * db) / 2;
}

/** A contour: half axes in units of w and b, and the angle of the first from the w axis towards b. */
export interface Ellipse {
  first: number;
  second: number;
  angle: number;
}

/** All places whose cost is `level`, which must lie above the floor. */
export function contourAt({ floor, xx, x }: Valley, level: number): Ellipse {
  const spread = Math.hypot(xx - 1, 2 * x);
  const steep = (xx + 1 + spread) / 2;
  const gentle = (xx + 1 - spread) / 2;
  const height = 2 * (level - floor);
  // The steep direction is where xx·cos² + 2x·cos·sin + sin² is largest.
  const angle = Math.atan2(2 * x, xx - 1) / 2;
  return { first: Math.sqrt(height / steep), second: Math.sqrt(height / gentle), angle };
}

/**
 * Costs above the floor to draw contours at: powers of ten and 1/√10 of them, from what is a pixel
 * across up to `highest`.
 */
export function contourLevels(valley: Valley, highest: number, lowest: number): number[] {
  const levels: number[] = [];
  const last = Math.floor(2 * Math.log10(highest - valley.floor));
  const first = Math.ceil(2 * Math.log10(lowest));
  for (let k = first; k <= last; k++) levels.push(valley.floor + 10 ** (k / 2));
  return levels;
}
