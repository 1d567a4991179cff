/**
 * From strokes to an image like those of MNIST: 28×28 pixels, the digit 20 pixels high or wide, its
 * centre of mass in the middle as far as no ink is cut off, grey where the pen covers a part of a pixel (Y. LeCun, C. Cortes and
 * C. Burges, "The MNIST database of handwritten digits").
 */

/** Points that a pen has gone through, x to the right and y down, in any unit. */
export type Stroke = readonly { x: number; y: number }[];

const SIDE = 28;
/** The longer side of the digit, in pixels. */
const BOX = 20;
/** Half the width of the pen, in pixels: the digits of MNIST are about that bold. */
const PEN = 1.3;
/** Below this, in units of the drawing, a digit is a dot and is not blown up. */
const SMALLEST = 1e-6;

/** 784 bytes, 0 (paper) to 255 (ink); null where nothing is drawn. */
export function imageOf(strokes: readonly Stroke[]): Uint8Array | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const [left, right] = [min(points, 'x'), max(points, 'x')];
  const [top, bottom] = [min(points, 'y'), max(points, 'y')];
  const size = Math.max(right - left, bottom - top);
  // The pen's own width belongs to the digit.
  const scale = size < SMALLEST ? 0 : (BOX - 2 * PEN) / size;
  const middle = SIDE / 2;
  const fitted = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: middle + (x - (left + right) / 2) * scale,
      y: middle + (y - (top + bottom) / 2) * scale,
    })),
  );
  const mass = centreOfMass(rasterise(fitted));
  // A digit whose mass lies far from the middle of its box stays whole rather than centred.
  const room = (extent: number) => middle - PEN - 0.5 - (extent * scale) / 2;
  const across = bounded(middle - mass.x, room(right - left));
  const down = bounded(middle - mass.y, room(bottom - top));
  return rasterise(
    fitted.map((stroke) => stroke.map(({ x, y }) => ({ x: x + across, y: y + down }))),
  );
}

function bounded(value: number, bound: number): number {
  return Math.min(Math.max(value, -bound), bound);
}

/** The middle of the ink, in pixels from the upper left corner of an image that has some. */
export function centreOfMass(image: Uint8Array): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < image.length; i++) {
    sum += image[i]!;
    x += image[i]! * ((i % SIDE) + 0.5);
    y += image[i]! * (Math.floor(i / SIDE) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

/** Each pixel as grey as the pen covers it, told from the distance of its middle to the stroke. */
function rasterise(strokes: readonly Stroke[]): Uint8Array {
  const image = new Uint8Array(SIDE * SIDE);
  for (const stroke of strokes) {
    stroke.forEach((to, k) => {
      const from = stroke[Math.max(0, k - 1)]!;
      const reach = PEN + 1;
      const [x1, x2] = within(Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach);
      const [y1, y2] = within(Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach);
      for (let y = y1; y < y2; y++) {
        for (let x = x1; x < x2; x++) {
          const away = distance(x + 0.5, y + 0.5, from, to);
          const ink = Math.round(255 * Math.min(Math.max(PEN + 0.5 - away, 0), 1));
          const i = y * SIDE + x;
          if (ink > image[i]!) image[i] = ink;
        }
      }
    });
  }
  return image;
}

function within(from: number, to: number): [number, number] {
  return [Math.max(0, Math.floor(from)), Math.min(SIDE, Math.ceil(to))];
}

/** From a place to the line between two points. */
function distance(
  x: number,
  y: number,
  a: { x: number; y: number },
  b: { x: number; y: number },
): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / length;
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
}

type Points = readonly { x: number; y: number }[];
const min = (points: Points, axis: 'x' | 'y') =>
  points.reduce((least, point) => Math.min(least, point[axis]), Infinity);
const max = (points: Points, axis: 'x' | 'y') =>
  points.reduce((most, point) => Math.max(most, point[axis]), -Infinity);
