import { positions, type Axis } from './axis.ts';
import { thin } from './thin.ts';

/**
 * Skia fills the outline of a wide line, and slows down with the square of its turns; a line of one
 * device pixel it draws point by point. So wide lines are drawn in short pieces.
 */
const PIECE = { wide: 10, hair: 2_000 };

/** Coordinates further out than this strain the renderer and are out of every picture. */
const FAR = 1e5;

/** Draws curves of values into a canvas; lengths in device pixels. */
export class Pen {
  /** Segments drawn since `takeWork` was last called. */
  private work = 0;
  private waiting = 0;
  private colour = '';
  private readonly piece: number;
  private px = new Float64Array(0);
  private py = new Float64Array(0);
  private kept = new Uint32Array(0);

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly x: Axis,
    private readonly y: Axis,
    width: number,
  ) {
    context.lineWidth = width;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    this.piece = width > 1 ? PIECE.wide : PIECE.hair;
  }

  /** Draws the line through points [from, to) in `colour`. */
  draw(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    from: number,
    to: number,
    colour: string,
  ): void {
    while (from < to && Number.isNaN(xs[from]!)) from++;
    const count = to - from;
    if (count <= 0) return;
    if (colour !== this.colour) {
      this.flush();
      this.colour = colour;
      this.context.strokeStyle = colour;
    }
    this.makeRoom(count);
    const { context, px, py, kept } = this;
    positions(this.x, xs, from, to, px);
    positions(this.y, ys, from, to, py);
    const points = thin(px, py, 0, count, kept);
    let x = px[kept[0]!]!;
    let y = within(py[kept[0]!]!);
    if (this.waiting === 0) context.beginPath();
    context.moveTo(x, y);
    // One point alone is a line of no length, which a round cap shows as a dot.
    if (points === 1) context.lineTo(x, y);
    for (let i = 1; i < points; i++) {
      if (this.waiting >= this.piece) {
        this.flush();
        context.beginPath();
        context.moveTo(x, y);
      }
      x = px[kept[i]!]!;
      y = within(py[kept[i]!]!);
      context.lineTo(x, y);
      this.waiting++;
    }
    this.waiting ||= 1;
  }

  /** Puts on the canvas what is still a path. */
  flush(): void {
    if (this.waiting === 0) return;
    this.context.stroke();
    this.work += this.waiting;
    this.waiting = 0;
  }

  /** Segments drawn since the last call, in those of a thin line. */
  takeWork(): number {
    const work = this.work * (this.piece === PIECE.wide ? 8 : 1);
    this.work = 0;
    return work;
  }

  private makeRoom(count: number): void {
    if (this.px.length >= count) return;
    this.px = new Float64Array(count);
    this.py = new Float64Array(count);
    this.kept = new Uint32Array(count);
  }
}

function within(pixel: number): number {
  return Math.min(Math.max(pixel, -FAR), FAR);
}
