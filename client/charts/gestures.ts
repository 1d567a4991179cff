/** Where something happens, in CSS pixels from the chart's upper left corner. */
export interface Point {
  x: number;
  y: number;
}

export interface GestureAnswers {
  /** Whether a drag moves the picture; otherwise it draws a box. */
  movesPicture(): boolean;
  hover(at: Point, pointer: 'mouse' | 'touch'): void;
  leave(): void;
  tap(at: Point, pointer: 'mouse' | 'touch'): void;
  /** The picture has been moved by so many pixels. */
  pan(by: Point): void;
  /** Magnify about a place. */
  zoom(at: Point, factor: number): void;
  box(from: Point, to: Point): void;
  boxEnd(from: Point, to: Point): void;
  boxCancel(): void;
  reset(): void;
}

/** A press that moves less than this is a tap, in CSS pixels. */
const STILL = { mouse: 4, touch: 10 };
/** Magnification of one notch of a wheel, 100 pixels of it. */
const NOTCH = 1.25;

/** Makes pointer and wheel events on a chart into what is meant by them. */
export class Gestures {
  /** Pointers that are down: where they began and where they are. */
  private readonly down = new Map<number, { start: Point; at: Point }>();
  private moved = false;
  private drawsBox = false;
  private readonly ending = new AbortController();

  constructor(
    private readonly element: HTMLElement,
    private readonly answers: GestureAnswers,
  ) {
    const { signal } = this.ending;
    const on = <E extends keyof HTMLElementEventMap>(
      name: E,
      fn: (event: HTMLElementEventMap[E]) => void,
    ) => element.addEventListener(name, fn, { signal, passive: false });
    on('pointerdown', (event) => this.press(event));
    on('pointermove', (event) => this.move(event));
    on('pointerup', (event) => this.lift(event));
    on('pointercancel', (event) => this.cancel(event));
    on('pointerleave', () => {
      if (this.down.size === 0) answers.leave();
    });
    on('dblclick', () => answers.reset());
    on('wheel', (event) => this.turn(event));
  }

  end(): void {
    this.ending.abort();
  }

  private press(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const at = this.place(event);
    this.down.set(event.pointerId, { start: at, at });
    if (this.down.size > 1) {
      if (this.drawsBox) this.answers.boxCancel();
      this.moved = true;
      this.drawsBox = false;
      return;
    }
    this.moved = false;
    this.drawsBox =
      event.pointerType === 'mouse' && (event.shiftKey || !this.answers.movesPicture());
  }

  private move(event: PointerEvent): void {
    const at = this.place(event);
    const pressed = this.down.get(event.pointerId);
    const pointer = kindOf(event);
    if (!pressed) {
      if (pointer === 'mouse') this.answers.hover(at, pointer);
      return;
    }
    const before = pressed.at;
    pressed.at = at;
    if (!this.moved && apart(pressed.start, at) < STILL[pointer]) return;
    if (!this.moved) {
      this.moved = true;
      // From here on the drag goes on outside of the chart; a tap never needs that.
      this.element.setPointerCapture(event.pointerId);
    }
    if (this.down.size === 2) this.pinch(event.pointerId, before);
    else if (this.drawsBox) this.answers.box(pressed.start, at);
    else if (this.answers.movesPicture()) {
      this.answers.pan({ x: at.x - before.x, y: at.y - before.y });
    } else this.answers.hover(at, pointer);
  }

  /** Two fingers: the picture follows their middle and their distance. */
  private pinch(moved: number, before: Point): void {
    const [one, other] = [...this.down.entries()];
    const still = (one![0] === moved ? other! : one!)[1].at;
    const { at } = this.down.get(moved)!;
    const distance = apart(before, still);
    const middle = { x: (at.x + still.x) / 2, y: (at.y + still.y) / 2 };
    this.answers.pan({ x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 });
    if (distance > 0) this.answers.zoom(middle, apart(at, still) / distance);
  }

  private lift(event: PointerEvent): void {
    const pressed = this.down.get(event.pointerId);
    if (!this.down.delete(event.pointerId) || !pressed) return;
    const at = this.place(event);
    if (!this.moved) this.answers.tap(at, kindOf(event));
    else if (this.drawsBox) this.answers.boxEnd(pressed.start, at);
    this.drawsBox = false;
  }

  private cancel(event: PointerEvent): void {
    if (!this.down.delete(event.pointerId)) return;
    if (this.drawsBox) this.answers.boxCancel();
    this.drawsBox = false;
    this.answers.leave();
  }

  /** A wheel alone scrolls the page; with Ctrl, which two fingers on a pad send as well, it zooms. */
  private turn(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels =
      event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 33;
    this.answers.zoom(this.place(event), NOTCH ** (-pixels / 100));
  }

  private place(event: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}

function kindOf(event: PointerEvent): 'mouse' | 'touch' {
  return event.pointerType === 'mouse' ? 'mouse' : 'touch';
}

function apart(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
