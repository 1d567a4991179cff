import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contour } from '../../../client/pictures/boundary/contour.ts';

/** A field's values in the middles of side × side unit squares. */
function sample(side: number, field: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, k) =>
    field((k % side) + 0.5, Math.floor(k / side) + 0.5),
  );
}

describe('a contour', () => {
  it('is nowhere where the field stays on one side', () => {
    expect(
      contour(
        sample(5, () => 1),
        5,
        0.5,
      ),
    ).toEqual([]);
    expect(
      contour(
        sample(5, () => 0),
        5,
        0.5,
      ),
    ).toEqual([]);
  });

  it('of a plane is its straight line, from edge to edge', () => {
    const segments = contour(
      sample(8, (x) => x),
      8,
      3.25,
    );
    for (const [x1, , x2] of segments) expect([x1, x2]).toEqual([3.25, 3.25]);
    const length = segments.reduce((sum, [, y1, , y2]) => sum + Math.abs(y2 - y1), 0);
    expect(length).toBeCloseTo(8, 10);
  });

  it('of a cone is its circle, closed', () => {
    const segments = contour(
      sample(40, (x, y) => Math.hypot(x - 20, y - 20)),
      40,
      12,
    );
    const ends = new Map<string, number>();
    for (const [x1, y1, x2, y2] of segments) {
      for (const [x, y] of [[x1, y1] as const, [x2, y2] as const]) {
        expect(Math.hypot(x - 20, y - 20)).toBeCloseTo(12, 1);
        const key = `${x.toFixed(9)} ${y.toFixed(9)}`;
        ends.set(key, (ends.get(key) ?? 0) + 1);
      }
    }
    expect([...ends.values()].every((count) => count === 2)).toBe(true);
  });

  it('parts the two corners of a saddle that its middle leaves alone', () => {
    // High at the top left and bottom right, and high in the middle: the other two are cut off.
    const joined = contour([1, 0, 0, 1], 2, 0.4);
    const cutsTopRight = joined.some(
      ([x1, y1, x2, y2]) => Math.max(x1, x2) === 1.5 && Math.min(y1, y2) === 0.5,
    );
    expect(cutsTopRight).toBe(true);
    const parted = contour([1, 0, 0, 1], 2, 0.6);
    const cutsTopLeft = parted.some(
      ([x1, y1, x2, y2]) => Math.min(x1, x2) === 0.5 && Math.min(y1, y2) === 0.5,
    );
    expect(cutsTopLeft).toBe(true);
  });

  it('lies within the square, whatever the field', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (values) => {
          for (const segment of contour(values, 4, 0.5)) {
            for (const end of segment) {
              expect(end).toBeGreaterThanOrEqual(0);
              expect(end).toBeLessThanOrEqual(4);
            }
          }
        },
      ),
    );
  });
});
