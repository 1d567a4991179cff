import type { Axis } from './axis.ts';
import type { Curve } from './curves.ts';
import { Pen } from './pen.ts';

/** What a sheet shows and how; lengths in device pixels of its canvas. */
export interface Picture {
  /** Two pictures with another key have nothing in common that could be kept. */
  key: string;
  width: number;
  height: number;
  /** Device pixels a CSS pixel. */
  ratio: number;
  x: Axis;
  y: Axis;
  line: number;
  curves: readonly Curve[];
  /** Whether the values as they came are drawn, instead of those shown. */
  raw: boolean;
  /** One colour for all, or null for each curve's own. */
  colour: string | null;
}

/** Segments after which the clock is looked at: about a millisecond's work. */
const LOOK_AFTER = 2_500;

/** A canvas of finished pixels: a point drawn once is not drawn again. */
export class Sheet {
  readonly canvas = document.createElement('canvas');
  picture: Picture | null = null;
  private readonly context: CanvasRenderingContext2D;
  private pen: Pen | null = null;
  /** How many points of each participant are on the canvas. */
  private readonly drawn = new Map<number, { source: object; count: number }>();

  constructor() {
    // Drawn by the processor, so that reading a pixel tells when the work is done, and cheaply.
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas to draw on');
    this.context = context;
  }

  /** Begins an empty sheet for a picture. */
  begin(picture: Picture): void {
    const { canvas, context } = this;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    } else {
      context.clearRect(0, 0, canvas.width, canvas.height);
    }
    this.picture = picture;
    this.drawn.clear();
    this.pen = new Pen(context, picture.x, picture.y, picture.line);
  }

  /** Whether the canvas holds a curve that `curves` no longer have. */
  holdsMoreThan(curves: readonly Curve[]): boolean {
    const present = new Set(curves.map(({ participant }) => participant));
    return [...this.drawn.keys()].some((participant) => !present.has(participant));
  }

  /**
   * Draws what the curves have more than the canvas, until the time `deadline`.
   * @returns whether all of it is drawn
   */
  advance(curves: readonly Curve[], deadline: number): boolean {
    const { pen, picture, drawn } = this;
    if (!pen || !picture) return true;
    let work = 0;
    for (const curve of curves) {
      const values = picture.raw ? curve.raw : curve.y;
      if (!values || values.length === 0) continue;
      const before = drawn.get(curve.participant);
      const done = before?.source === curve.source ? before.count : 0;
      if (values.length <= done) continue;
      pen.draw(
        curve.x,
        values,
        Math.max(0, done - 1),
        values.length,
        picture.colour ?? curve.colour,
      );
      drawn.set(curve.participant, { source: curve.source, count: values.length });
      work += pen.takeWork();
      if (work >= LOOK_AFTER) {
        work = 0;
        if (this.now() > deadline) {
          pen.flush();
          return false;
        }
      }
    }
    pen.flush();
    return true;
  }

  /** The time, once everything that was drawn is pixels. */
  private now(): number {
    this.context.getImageData(0, 0, 1, 1);
    return performance.now();
  }
}
