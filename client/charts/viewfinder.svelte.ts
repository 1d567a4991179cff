import type { Axis, Range } from './axis.ts';
import type { Frame } from './frame.ts';
import type { Point } from './gestures.ts';
import { between, panned, WHOLE, zoomed, type Zoom } from './zoom.ts';

/** The axes that are shown, and what they would show if nothing were zoomed. */
export interface Sight {
  frame: Frame;
  whole: { x: Range; y: Range };
}

/** What is brought into the picture comes so far into it, as a part of an axis. */
const MARGIN = 0.1;

/** The part of the picture that somebody has chosen to see. */
export class Viewfinder {
  /**
   * @param sight what is seen now, or null before anything is
   * @param options where the chosen part is kept
   */
  constructor(
    private readonly sight: () => Sight | null,
    private readonly options: () => { zoom: Zoom },
  ) {}

  get zoom(): Zoom {
    return this.options().zoom;
  }

  set zoom(zoom: Zoom) {
    this.options().zoom = zoom;
  }

  get isZoomed(): boolean {
    return this.zoom.x !== null || this.zoom.y !== null;
  }

  reset(): void {
    this.zoom = WHOLE;
  }

  /** Magnifies about a place, or about the middle. */
  magnify(factor: number, at: Point | null = null): void {
    const sight = this.sight();
    if (!sight) return;
    const { whole, frame } = sight;
    const { x, y } = frame;
    this.zoom = {
      x: zoomed(x.range, whole.x, x.spacing, at ? part(x, at.x) : 0.5, factor),
      y: zoomed(y.range, whole.y, y.spacing, at ? part(y, at.y) : 0.5, factor),
    };
  }

  /** Moves the picture by parts of its width and height. */
  move(right: number, up: number): void {
    const sight = this.sight();
    if (!sight) return;
    const { whole, frame } = sight;
    const { x, y } = this.zoom;
    this.zoom = {
      x: x && panned(x, whole.x, frame.x.spacing, right),
      y: y && panned(y, whole.y, frame.y.spacing, up),
    };
  }

  /** Moves the picture as far as it takes for a place outside of it to be in it. */
  reveal(at: Point): void {
    const { x, y } = this.sight()?.frame ?? {};
    if (x && y) this.move(beyond(x, at.x), beyond(y, at.y));
  }

  /** The picture follows a hand that has moved by so many pixels. */
  drag(by: Point): void {
    const { x, y } = this.sight()?.frame ?? {};
    if (x && y) this.move(-by.x / (x.to - x.from), by.y / (y.from - y.to));
  }

  /** Shows what lies between two corners. */
  frameBox(from: Point, to: Point): void {
    const sight = this.sight();
    if (!sight) return;
    const { whole, frame } = sight;
    const { x, y } = frame;
    this.zoom = {
      x: between(x.range, whole.x, x.spacing, part(x, from.x), part(x, to.x)),
      y: between(y.range, whole.y, y.spacing, part(y, from.y), part(y, to.y)),
    };
  }
}

/** How far the picture has to move for a pixel to be clearly within, as a part of the axis. */
function beyond(axis: Axis, pixel: number): number {
  const at = (pixel - axis.from) / (axis.to - axis.from);
  if (at < 0) return at - MARGIN;
  return at > 1 ? at - 1 + MARGIN : 0;
}

/** Where a pixel lies along an axis, 0 at its lower end to 1. */
function part(axis: Axis, pixel: number): number {
  return Math.min(Math.max((pixel - axis.from) / (axis.to - axis.from), 0), 1);
}
