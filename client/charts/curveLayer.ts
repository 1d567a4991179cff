import { mapping } from './axis.ts';
import { Sheet, type Picture } from './sheet.ts';

/**
 * Curves that are drawn as they grow. Another picture (zoomed, rescaled, with fewer curves) is
 * drawn on a second sheet, a little in each frame, while the first one stands in for it, stretched
 * to where its curves would be; so no frame has to wait for the whole.
 */
export class CurveLayer {
  private front = new Sheet();
  private back = new Sheet();
  private building = false;

  /**
   * @param parent what the layer lies in, as large as a picture
   * @param opacity of the whole layer, so that curves that cross do not add up
   */
  constructor(parent: HTMLElement, opacity = 1) {
    for (const { canvas } of [this.front, this.back]) {
      canvas.style.position = 'absolute';
      canvas.style.transformOrigin = '0 0';
      canvas.hidden = true;
      parent.append(canvas);
    }
    this.opacity = opacity;
  }

  set opacity(opacity: number) {
    for (const { canvas } of [this.front, this.back]) canvas.style.opacity = String(opacity);
  }

  /** The canvas that is shown, for a copy of it. */
  get canvas(): HTMLCanvasElement {
    return this.front.canvas;
  }

  /**
   * Draws towards `picture` until the time `deadline`.
   * @returns whether it is all there
   */
  show(picture: Picture, deadline: number): boolean {
    const { front, back } = this;
    const shown = front.picture;
    if (shown && isSame(shown, picture) && !front.holdsMoreThan(picture.curves)) {
      this.building = false;
      this.place(picture);
      return front.advance(picture.curves, deadline);
    }
    if (!shown || !canStandIn(shown, picture)) {
      this.building = false;
      front.begin(picture);
      this.place(picture);
      return front.advance(picture.curves, deadline);
    }
    this.place(picture);
    // What is being drawn is finished first: under a moving hand nothing newer ever would be.
    if (!this.building || !back.picture || !canStandIn(back.picture, picture)) {
      back.begin(picture);
      this.building = true;
    }
    if (!back.advance(picture.curves, deadline)) return false;
    [this.front, this.back] = [back, front];
    this.building = false;
    this.place(picture);
    return isSame(back.picture!, picture) && !back.holdsMoreThan(picture.curves);
  }

  /** Lays the front sheet where `picture` would have it. */
  private place(picture: Picture): void {
    const { canvas } = this.front;
    const shown = this.front.picture!;
    this.back.canvas.hidden = true;
    canvas.hidden = picture.curves.length === 0;
    const { ratio } = picture;
    canvas.style.width = `${canvas.width / ratio}px`;
    canvas.style.height = `${canvas.height / ratio}px`;
    if (isSame(shown, picture)) {
      canvas.style.transform = '';
      return;
    }
    const x = mapping(shown.x, picture.x);
    const y = mapping(shown.y, picture.y);
    canvas.style.transform = `matrix(${x.scale}, 0, 0, ${y.scale}, ${x.shift / ratio}, ${y.shift / ratio})`;
  }
}

function isSame(a: Picture, b: Picture): boolean {
  return (
    a.key === b.key &&
    a.width === b.width &&
    a.height === b.height &&
    a.line === b.line &&
    a.colour === b.colour &&
    sameAxis(a.x, b.x) &&
    sameAxis(a.y, b.y)
  );
}

function sameAxis(a: Picture['x'], b: Picture['x']): boolean {
  return (
    a.spacing === b.spacing &&
    a.range.min === b.range.min &&
    a.range.max === b.range.max &&
    a.from === b.from &&
    a.to === b.to
  );
}

/** Whether stretching one picture gives the other. */
function canStandIn(a: Picture, b: Picture): boolean {
  return a.key === b.key && a.x.spacing === b.x.spacing && a.y.spacing === b.y.spacing;
}
