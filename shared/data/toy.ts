import { Random, STREAM } from '../model/random.ts';
import { cosine, sine } from '../model/trigonometry.ts';
import type { Examples } from './examples.ts';

/** Two classes of points in the plane that no straight line separates. */
export const SHAPES = ['moons', 'circles', 'spirals'] as const;
export type Shape = (typeof SHAPES)[number];

/** The points lie within ±this in both directions. */
export const TOY_RANGE = 1.25;
export const TOY_CLASSES = 2;

/** How far a point lies off its curve, at most, in both directions. */
const NOISE = 0.09;

/** Points (x, y) of two classes, a pure function of shape, count and seed. */
export class PointSet implements Examples {
  readonly inputs = 2;
  readonly labels: Uint8Array;
  readonly available: number;
  /** x and y of one point after the other. */
  readonly coordinates: Float32Array;

  private constructor(readonly capacity: number) {
    this.available = capacity;
    this.labels = new Uint8Array(capacity);
    this.coordinates = new Float32Array(2 * capacity);
  }

  /** @param part the points to train on and those to test on are drawn independently */
  static of(shape: Shape, count: number, seed: number, part: 'train' | 'test'): PointSet {
    const set = new PointSet(count);
    const random = new Random(seed, part === 'train' ? STREAM.points : STREAM.testPoints);
    for (let i = 0; i < count; i++) {
      const label = i % TOY_CLASSES;
      const [x, y] = POINT[shape](random.uniform(0, 1), label);
      set.labels[i] = label;
      set.coordinates[2 * i] = x + random.uniform(-NOISE, NOISE);
      set.coordinates[2 * i + 1] = y + random.uniform(-NOISE, NOISE);
    }
    return set;
  }

  /** The middles of side × side squares that cover the plane, row by row from the top left. */
  static grid(side: number): PointSet {
    const set = new PointSet(side * side);
    const middle = (k: number) => TOY_RANGE * ((2 * k + 1) / side - 1);
    for (let i = 0; i < set.capacity; i++) {
      set.coordinates[2 * i] = middle(i % side);
      set.coordinates[2 * i + 1] = middle(side - 1 - Math.floor(i / side));
    }
    return set;
  }

  read(i: number, x: Float32Array): void {
    x[0] = this.coordinates[2 * i]!;
    x[1] = this.coordinates[2 * i + 1]!;
  }
}

/** A point at `fraction` of the way along the curve of class `label`. */
const POINT: Record<Shape, (fraction: number, label: number) => [number, number]> = {
  /** Two half circles of radius 0.7, one reaching into the other. */
  moons(fraction, label) {
    const angle = Math.PI * fraction;
    return label === 0
      ? [0.7 * cosine(angle) - 0.35, 0.7 * sine(angle) - 0.18]
      : [0.35 - 0.7 * cosine(angle), 0.18 - 0.7 * sine(angle)];
  },
  /** A circle around another. */
  circles(fraction, label) {
    const angle = 2 * Math.PI * fraction;
    const radius = label === 0 ? 1 : 0.4;
    return [radius * cosine(angle), radius * sine(angle)];
  },
  /** Two arms, three quarters of a turn each, from near the middle outwards. */
  spirals(fraction, label) {
    const angle = 1.5 * Math.PI * fraction + Math.PI * label;
    const radius = 0.12 + 0.96 * fraction;
    return [radius * cosine(angle), radius * sine(angle)];
  },
};
