import { position } from './axis.ts';
import type { Curve, Metric } from './curves.ts';
import type { Inks } from './drawFrame.ts';
import type { Frame } from './frame.ts';
import { crossOf } from './marks.ts';

/** Pixels of its dashes, for one of the line. */
const DASH = [4, 3];
/** Pixels between the last point and the name. */
const GAP = 6;

/**
 * Draws the reference dashed in the colour of text, which no learning rate has, with its name at
 * its end; the context is scaled to CSS pixels. It has at most 1,000 points, so it is drawn whole.
 */
export function drawReference(
  context: CanvasRenderingContext2D,
  { x, y }: Frame,
  curve: Curve,
  metric: Metric,
  inks: Inks,
  style: { font: string; line: number },
): void {
  if (curve.y.length === 0) return;
  context.save();
  context.beginPath();
  context.rect(x.from, y.to, x.to - x.from, y.from - y.to);
  context.clip();
  context.beginPath();
  for (let k = 0; k < curve.y.length; k++) {
    context.lineTo(position(x, curve.x[k]!), position(y, curve.y[k]!));
  }
  context.lineJoin = 'round';
  for (const [colour, width] of [
    [inks.surface, style.line * 3],
    [inks.ink, style.line * 1.3],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(colour === inks.ink ? DASH.map((pixels) => pixels * style.line) : []);
    context.stroke();
  }
  context.restore();
  name(context, { x, y }, curve, metric, inks, style);
}

function name(
  context: CanvasRenderingContext2D,
  { x, y }: Pick<Frame, 'x' | 'y'>,
  curve: Curve,
  metric: Metric,
  inks: Inks,
  { font, line }: { font: string; line: number },
): void {
  const last = curve.y.length - 1;
  const end = crossOf(x, y, curve, metric) ?? {
    x: position(x, curve.x[last]!),
    y: Math.min(Math.max(position(y, curve.y[last]!), y.to), y.from),
  };
  if (end.x < x.from) return;
  context.save();
  context.font = font;
  const { width } = context.measureText(curve.name);
  const left = Math.min(Math.max(end.x - width - GAP, x.from + GAP), x.to - width - GAP);
  const height = Math.max(end.y - GAP - line, y.to + 2 * GAP);
  context.strokeStyle = inks.surface;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeText(curve.name, left, height);
  context.fillStyle = inks.ink;
  context.fillText(curve.name, left, height);
  context.restore();
}
