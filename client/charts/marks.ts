import { position, type Axis } from './axis.ts';
import type { Curve, Metric } from './curves.ts';
import type { Inks } from './drawFrame.ts';
import type { Frame } from './frame.ts';

/** What lies above the curves. */
export interface Marks {
  metric: Metric;
  curves: readonly Curve[];
  /** Participants whose marks are drawn in full while others are dimmed; null dims nobody. */
  lit: ReadonlySet<number> | null;
  /** A point of a curve that is pointed at, in CSS pixels. */
  point: { x: number; y: number; colour: string } | null;
  /** A line through all curves at the pointer, in CSS pixels. */
  cursor: number | null;
  /** A rectangle that is being dragged, in CSS pixels. */
  box: { x1: number; y1: number; x2: number; y2: number } | null;
}

const DIMMED = 0.25;

/** Draws the marks; the context is scaled to CSS pixels. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  frame: Frame,
  marks: Marks,
  inks: Inks,
  line: number,
): void {
  const { y } = frame;
  context.save();
  context.clearRect(0, 0, frame.width, frame.height);
  if (marks.cursor !== null) {
    context.strokeStyle = inks.soft;
    context.lineWidth = 1;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(marks.cursor, y.from);
    context.lineTo(marks.cursor, y.to);
    context.stroke();
    context.setLineDash([]);
  }
  drawCrosses(context, frame, marks, inks, line);
  if (marks.point) {
    context.beginPath();
    context.arc(marks.point.x, marks.point.y, line * 2.2, 0, 2 * Math.PI);
    context.fillStyle = marks.point.colour;
    context.fill();
    context.strokeStyle = inks.surface;
    context.lineWidth = line;
    context.stroke();
  }
  if (marks.box) {
    const { x1, y1, x2, y2 } = marks.box;
    context.strokeStyle = inks.ink;
    context.fillStyle = inks.soft;
    context.globalAlpha = 0.15;
    context.fillRect(x1, y1, x2 - x1, y2 - y1);
    context.globalAlpha = 1;
    context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  }
  context.restore();
}

/** A cross at the step at which each diverged run left: one path for all of one colour. */
function drawCrosses(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { metric, curves, lit }: Marks,
  inks: Inks,
  line: number,
): void {
  const crosses = curves.flatMap((curve) => {
    const place = crossOf(frame.x, frame.y, curve, metric);
    return place ? [{ ...place, curve }] : [];
  });
  context.lineCap = 'round';
  for (const isLit of [false, true]) {
    const here = crosses.filter(
      ({ curve }) => (lit === null || lit.has(curve.participant)) === isLit,
    );
    context.globalAlpha = isLit ? 1 : DIMMED;
    const arm = line * (isLit && lit !== null ? 4 : 2.5);
    strokeCrosses(context, here, arm, inks.surface, line * 3);
    const colours = new Set(here.map(({ curve }) => curve.colour));
    for (const colour of colours) {
      const some = here.filter(({ curve }) => curve.colour === colour);
      strokeCrosses(context, some, arm, colour, line * 1.5);
    }
  }
}

function strokeCrosses(
  context: CanvasRenderingContext2D,
  places: readonly { x: number; y: number }[],
  arm: number,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const { x, y } of places) {
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
  }
  context.stroke();
}

/**
 * Where a diverged run left the picture, in pixels: at its step, at the edge that lies the way it
 * went. Null for a living run, and where the step is not in the picture.
 */
export function crossOf(
  x: Axis,
  y: Axis,
  { divergedX }: Pick<Curve, 'divergedX'>,
  metric: Metric,
): { x: number; y: number } | null {
  if (divergedX === null || !Number.isFinite(divergedX)) return null;
  if (divergedX < x.range.min || divergedX > x.range.max) return null;
  return { x: position(x, divergedX), y: metric === 'accuracy' ? y.from : y.to };
}
