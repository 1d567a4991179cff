import { windowEnd, type Grid } from '../../shared/run/settings.ts';
import { position, type Axis } from './axis.ts';
import type { Curve, Weight } from './curves.ts';

/** Where and how curves are drawn; all lengths in canvas pixels. */
export interface Canvas {
  context: CanvasRenderingContext2D;
  grid: Grid;
  x: Axis;
  y: Axis;
  /** Width of a plain line. */
  line: number;
  /** Colour behind the curves, for the halo that lifts a strong curve off the others. */
  background: string;
}

const ALPHA: Record<Weight, number> = { faint: 0.25, plain: 0.9, strong: 1 };
const WIDTH: Record<Weight, number> = { faint: 1, plain: 1, strong: 2 };

export function drawCurves(
  canvas: Canvas,
  curves: readonly { curve: Curve; weight: Weight }[],
): void {
  const { context, x, y } = canvas;
  context.save();
  context.beginPath();
  // Half a line of air, so that a curve at the edge is not cut in two.
  context.rect(
    x.from,
    y.to - canvas.line,
    x.to - x.from + canvas.line,
    y.from - y.to + 2 * canvas.line,
  );
  context.clip();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const { curve, weight } of curves) drawCurve(canvas, curve, weight);
  context.restore();
  // The marks lie on the edge and would be cut by the clip.
  for (const { curve, weight } of curves) {
    if (curve.divergedAt !== null) drawEnd(canvas, curve, weight);
  }
}

function drawCurve(canvas: Canvas, { values, raw, colour }: Curve, weight: Weight): void {
  if (values.length === 0) return;
  const { context, line } = canvas;
  context.strokeStyle = colour;
  if (raw && weight === 'strong') {
    context.globalAlpha = 0.4;
    context.lineWidth = line / 2;
    trace(canvas, raw);
  }
  if (weight === 'strong') {
    context.globalAlpha = 0.85;
    context.strokeStyle = canvas.background;
    context.lineWidth = line * (WIDTH.strong + 2);
    trace(canvas, values);
  }
  context.globalAlpha = ALPHA[weight];
  context.strokeStyle = colour;
  context.lineWidth = line * WIDTH[weight];
  trace(canvas, values);
}

function trace({ context, grid, x, y }: Canvas, values: Float32Array): void {
  context.beginPath();
  for (let k = 0; k < values.length; k++) {
    context.lineTo(position(x, windowEnd(grid, k)), position(y, values[k]!));
  }
  // One point alone is a line of no length, which a round cap shows as a dot.
  if (values.length === 1) context.lineTo(position(x, windowEnd(grid, 0)), position(y, values[0]!));
  context.stroke();
}

/** A cross where a diverged curve ends. */
function drawEnd(canvas: Canvas, curve: Curve, weight: Weight): void {
  const { context, line } = canvas;
  const { x, y } = endOf(canvas, curve);
  const arm = line * (weight === 'strong' ? 4 : 2.5);
  context.save();
  context.globalAlpha = ALPHA[weight];
  context.lineCap = 'round';
  for (const [colour, width] of [
    [canvas.background, line * 3],
    [curve.colour, line * 1.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
    context.stroke();
  }
  context.restore();
}

/** Where a curve ends, moved to the edge of the picture where it has left it. */
function endOf({ grid, x, y }: Canvas, { values, divergedAt }: Curve): { x: number; y: number } {
  const last = values.length - 1;
  const step = last >= 0 ? windowEnd(grid, last) : (divergedAt ?? 0);
  const height = last >= 0 ? position(y, values[last]!) : y.to;
  return { x: position(x, step), y: Math.min(Math.max(height, y.to), y.from) };
}
