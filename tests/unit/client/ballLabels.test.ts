import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ballLabels } from '../../../client/pictures/landscape/ballLabels.ts';

const MAP = { width: 660, height: 380 };
const SIZE = 10;
const RADIUS = 4.5;

const ballAt = (x: number, y: number, k: number) => ({
  ...{ key: k, x, y, rate: 0.01 * (k + 1) },
  text: (0.01 * (k + 1)).toFixed(3),
});

it('a class of 30 along the valley of the workshop has all its learning rates beside the balls', () => {
  const balls = Array.from({ length: 30 }, (_, k) => ballAt(300 + 2.6 * k, 140 + 3 * k, k));
  expect(ballLabels(balls, MAP, SIZE, RADIUS)).toHaveLength(30);
});

it('a learning rate lies on no ball and no other, and within the map, wherever the balls are', () => {
  const place = fc.tuple(fc.integer({ min: 0, max: 660 }), fc.integer({ min: 0, max: 380 }));
  fc.assert(
    fc.property(fc.array(place, { maxLength: 60 }), (places) => {
      const balls = places.map(([x, y], k) => ballAt(x, y, k));
      const boxes = ballLabels(balls, MAP, SIZE, RADIUS).map(({ x, y, text }) => ({
        ...{ left: x, right: x + text.length * 0.6 * SIZE, top: y - 0.9 * SIZE, bottom: y },
      }));
      for (const [k, a] of boxes.entries()) {
        expect(a.left >= 0 && a.right <= MAP.width && a.top >= 0 && a.bottom <= MAP.height).toBe(
          true,
        );
        for (const b of boxes.slice(k + 1)) {
          const apart =
            a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});
