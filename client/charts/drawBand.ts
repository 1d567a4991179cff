import { position, positions, type Axis } from './axis.ts';
import type { Band } from './quantiles.ts';

/** Areas between which lines of `BAND_QUANTILES`, and how strong. */
const AREAS = [
  { low: 0, high: 4, alpha: 0.16 },
  { low: 1, high: 3, alpha: 0.24 },
] as const;
const MEDIAN = 2;

/** Draws the band and its median; axes in pixels of the canvas. */
export function drawBand(
  context: CanvasRenderingContext2D,
  band: Band,
  x: Axis,
  y: Axis,
  colour: string,
  line: number,
): void {
  const { length } = band;
  if (length === 0) return;
  const px = new Float64Array(length);
  positions(x, band.x, 0, length, px);
  const heights = band.quantiles.map((values) => {
    const py = new Float64Array(length);
    positions(y, values, 0, length, py);
    return py;
  });
  context.save();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  for (const { low, high, alpha } of AREAS) {
    context.globalAlpha = alpha;
    context.beginPath();
    for (let k = 0; k < length; k++) context.lineTo(px[k]!, heights[high]![k]!);
    for (let k = length - 1; k >= 0; k--) context.lineTo(px[k]!, heights[low]![k]!);
    context.fill();
  }
  context.globalAlpha = 0.9;
  context.lineWidth = line;
  context.lineJoin = 'round';
  context.beginPath();
  for (let k = 0; k < length; k++) context.lineTo(px[k]!, heights[MEDIAN]![k]!);
  context.stroke();
  context.restore();
}

/** The same as outlines in pixels: each area with its strength, and the median, which has none. */
export function bandAreas(band: Band, x: Axis, y: Axis) {
  const along = (which: number) =>
    Array.from({ length: band.length }, (_, k) => ({
      x: position(x, band.x[k]!),
      y: position(y, band.quantiles[which]![k]!),
    }));
  return [
    ...AREAS.map(({ low, high, alpha }) => ({
      points: [...along(high), ...along(low).reverse()],
      alpha,
    })),
    { points: along(MEDIAN), alpha: null },
  ];
}
