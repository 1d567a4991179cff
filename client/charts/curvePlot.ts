import type { Axis } from './axis.ts';
import { CurveLayer } from './curveLayer.ts';
import type { Curve, Metric } from './curves.ts';
import { drawBand } from './drawBand.ts';
import { drawFrame, inksOf, type Inks } from './drawFrame.ts';
import { drawReference } from './drawReference.ts';
import { layoutFrame, type AxisWish, type Frame } from './frame.ts';
import { drawMarks, type Marks } from './marks.ts';
import { clearPaper, printChart } from './printedChart.ts';
import { drawNames, isOnPaper, namesOf, roomForNames, type NamedCurves } from './printedNames.ts';
import type { Band } from './quantiles.ts';
import { areaOf, canvasIn } from './plotArea.ts';
import type { Picture } from './sheet.ts';

/** What the plot shows; replaced whole when anything of it changes. */
export interface Scene {
  /** The same while nothing changes but that values are added to curves. */
  key: string;
  metric: Metric;
  curves: readonly Curve[];
  /** Curves of an earlier run, laid under the others. */
  earlier: readonly Curve[];
  /** Whether the values before smoothing are laid under all curves, or only under the strong ones. */
  ghosts: 'all' | 'strong';
  band: Band | null;
  /** Curves that stand out, the last on top. */
  strong: readonly Curve[];
  /** A curve that is no student's, dashed above the others. */
  reference?: Curve | null;
  /** Whether the others are dimmed for their sake. */
  dimmed: boolean;
  x: AxisWish;
  y: AxisWish;
  epochs: { title: string; perEpoch: number; label: (value: number) => string } | null;
}

/** What follows the pointer. */
export type Pointing = Pick<Marks, 'point' | 'cursor' | 'box'>;

export interface PlotStyle {
  /** Pixels of the texts, and of a plain line where there are few. */
  font: number;
  line: number;
}

/** With more curves than this a plain one is as thin as can be, as many wide ones are only a stain. */
const FEW = 60;
/** Pixels of a chart's texts on paper, at the most. */
const PAPER_FONT = 13;
/** Finer than this nobody sees a difference, and a phone has to draw it. */
const MAX_RATIO = 2;

const OPACITY = { plain: 0.9, dimmed: 0.22, ghost: 0.28, earlier: 0.3 };

/**
 * Curves over axes, in layers of finished pixels: what has been drawn stays, and only what is new
 * is added. uPlot, which this replaces, draws all curves anew whenever one grows by a point.
 */
export class CurvePlot {
  frame: Frame | null = null;
  /** What of the curves is named on paper; null while a screen shows them. */
  printed: NamedCurves | null = null;
  private readonly axesCanvas: HTMLCanvasElement;
  private readonly area = document.createElement('div');
  private readonly bandCanvas: HTMLCanvasElement;
  private readonly earlier: CurveLayer;
  private readonly ghosts: CurveLayer;
  private readonly mass: CurveLayer;
  private readonly halo: CurveLayer;
  private readonly strong: CurveLayer;
  private readonly marksCanvas: HTMLCanvasElement;
  private readonly family: string;
  private inks: Inks;
  private drawnFrame = '';
  private drawnBand = '';

  /**
   * @param host an element with a place of its own (`position`), which the plot fills
   * @param fixed size and pixels a CSS pixel, for a picture that is not on the screen
   */
  constructor(
    private readonly host: HTMLElement,
    private readonly style: PlotStyle,
    private readonly fixed: { width: number; height: number; ratio: number } | null = null,
  ) {
    this.family = getComputedStyle(host).fontFamily;
    this.axesCanvas = canvasIn(host);
    Object.assign(this.area.style, { position: 'absolute', overflow: 'hidden' });
    host.append(this.area);
    this.bandCanvas = canvasIn(this.area);
    this.earlier = new CurveLayer(this.area, OPACITY.earlier);
    this.ghosts = new CurveLayer(this.area, OPACITY.ghost);
    this.mass = new CurveLayer(this.area, OPACITY.plain);
    this.halo = new CurveLayer(this.area, OPACITY.plain);
    this.strong = new CurveLayer(this.area);
    this.marksCanvas = canvasIn(host);
    this.inks = inksOf(host);
  }

  destroy(): void {
    clearPaper(this.host);
    this.axesCanvas.remove();
    this.area.remove();
    this.marksCanvas.remove();
  }

  /** The page has other colours now. */
  recolour(): void {
    this.inks = inksOf(this.host);
    this.drawnFrame = '';
    this.drawnBand = '';
  }

  /** Lays out the axes for a scene, which is to be shown next. */
  prepare(scene: Scene): Frame {
    return (this.frame = this.layOut(scene));
  }

  /**
   * Draws towards the scene until the time `deadline`.
   * @returns whether it is all there
   */
  show(scene: Scene, pointing: Pointing, deadline: number): boolean {
    const frame = this.frame ?? this.prepare(scene);
    // Paper has it as lines and letters, which are sharp in any size; pixels go missing there.
    this.printed = !this.fixed && isOnPaper() ? printChart(this.host, frame, scene) : null;
    if (this.printed) return true;
    clearPaper(this.host);
    this.showFrame(frame);
    this.showBand(scene, frame);
    const few = scene.curves.length <= FEW;
    const line = few ? this.style.line * this.ratio : 1;
    const mass = { ...this.picture(frame, line), key: scene.key, curves: scene.curves };
    const wide = this.style.line * this.ratio;
    const strong = { ...mass, curves: scene.strong, line: wide * 2 };
    this.mass.opacity = scene.dimmed ? OPACITY.dimmed : OPACITY.plain;
    this.ghosts.opacity =
      scene.dimmed && scene.ghosts === 'all' ? OPACITY.dimmed / 2 : OPACITY.ghost;
    const ghostly = (scene.ghosts === 'all' && !scene.dimmed ? scene.curves : scene.strong).filter(
      ({ raw }) => raw !== null,
    );
    // What stands out comes first: it is what is looked at.
    const done = [
      this.strong.show(strong, deadline),
      this.halo.show(
        {
          ...strong,
          line: wide * 4,
          colour: this.inks.surface,
          key: `${scene.key} ${this.inks.surface}`,
        },
        deadline,
      ),
      this.mass.show(mass, deadline),
      this.ghosts.show(
        { ...mass, curves: ghostly, raw: true, line: few ? wide / 1.75 : 1 },
        deadline,
      ),
      this.earlier.show({ ...mass, curves: scene.earlier }, deadline),
    ].every(Boolean);
    this.showMarks(scene, frame, pointing);
    return done;
  }

  /** Lays all that is drawn over one another, within a context scaled to CSS pixels. */
  paint(context: CanvasRenderingContext2D, dimmed: boolean): void {
    const { frame } = this;
    if (!frame) return;
    const { width, height } = frame;
    context.drawImage(this.axesCanvas, 0, 0, width, height);
    const { left, top, width: across, height: down } = areaOf(frame);
    const layers: [HTMLCanvasElement, number][] = [
      [this.bandCanvas, 1],
      [this.earlier.canvas, OPACITY.earlier],
      [this.ghosts.canvas, OPACITY.ghost],
      [this.mass.canvas, dimmed ? OPACITY.dimmed : OPACITY.plain],
      [this.halo.canvas, OPACITY.plain],
      [this.strong.canvas, 1],
    ];
    for (const [canvas, alpha] of layers) {
      if (canvas.hidden || canvas.width === 0) continue;
      context.globalAlpha = alpha;
      context.drawImage(canvas, left, top, across, down);
    }
    context.globalAlpha = 1;
    context.drawImage(this.marksCanvas, 0, 0, width, height);
  }

  /** Whether curves carry their names: in pictures in which nothing can be pointed at. */
  private get isNamed(): boolean {
    return this.fixed !== null || isOnPaper();
  }

  private get ratio(): number {
    return this.fixed?.ratio ?? Math.min(devicePixelRatio, MAX_RATIO);
  }

  private layOut(scene: Scene): Frame {
    const { host, fixed, style } = this;
    const size = fixed ?? {
      width: Math.max(120, host.clientWidth),
      height: Math.max(120, host.clientHeight),
    };
    const context = this.axesCanvas.getContext('2d')!;
    // What a projector writes large is read from near by on paper.
    const font = !fixed && isOnPaper() ? Math.min(style.font, PAPER_FONT) : style.font;
    const textWidth = (text: string) => {
      context.font = `${font}px ${this.family}`;
      return context.measureText(text).width;
    };
    const names = this.isNamed ? roomForNames(scene.curves, scene.metric, size, font) : undefined;
    const wishes = { x: scene.x, y: scene.y };
    return layoutFrame(size, font, wishes, scene.epochs, textWidth, names);
  }

  /** A picture as large as the plot and a little more, its axes in device pixels from there. */
  private picture(frame: Frame, line: number): Omit<Picture, 'key' | 'curves'> {
    const { ratio } = this;
    const { left, top, width, height } = areaOf(frame);
    const within = ({ spacing, range, from, to }: Axis, start: number): Axis => ({
      spacing,
      range,
      from: (from - start) * ratio,
      to: (to - start) * ratio,
    });
    return {
      ratio,
      width: Math.round(width * ratio),
      height: Math.round(height * ratio),
      x: within(frame.x, left),
      y: within(frame.y, top),
      line,
      raw: false,
      colour: null,
    };
  }

  private showFrame(frame: Frame): void {
    const signature = JSON.stringify([frame, this.ratio]);
    if (signature === this.drawnFrame) return;
    this.drawnFrame = signature;
    const { left, top, width, height } = areaOf(frame);
    const pixels = (value: number) => `${value}px`;
    Object.assign(this.area.style, {
      left: pixels(left),
      top: pixels(top),
      width: pixels(width),
      height: pixels(height),
    });
    for (const canvas of [this.axesCanvas, this.marksCanvas]) {
      this.fit(canvas, frame.width, frame.height);
    }
    drawFrame(this.scaled(this.axesCanvas), frame, this.inks, this.family);
  }

  private showBand(scene: Scene, frame: Frame): void {
    const { band } = scene;
    this.bandCanvas.hidden = band === null;
    if (band === null) return;
    const signature = `${scene.key} ${band.length} ${band.version} ${this.drawnFrame}`;
    if (signature === this.drawnBand) return;
    this.drawnBand = signature;
    const { width, height } = areaOf(frame);
    this.fit(this.bandCanvas, width, height);
    const context = this.bandCanvas.getContext('2d')!;
    context.clearRect(0, 0, this.bandCanvas.width, this.bandCanvas.height);
    const { x, y } = this.picture(frame, 1);
    drawBand(context, band, x, y, this.inks.ink, this.style.line * this.ratio);
  }

  private showMarks(scene: Scene, frame: Frame, pointing: Pointing): void {
    const lit = scene.dimmed ? new Set(scene.strong.map(({ participant }) => participant)) : null;
    const curves = scene.band && scene.curves.length === 0 ? scene.strong : scene.curves;
    const marks: Marks = { metric: scene.metric, curves, lit, ...pointing };
    const context = this.scaled(this.marksCanvas);
    drawMarks(context, frame, marks, this.inks, this.style.line);
    const names = this.fixed ? namesOf(frame, curves, scene.metric) : null;
    if (names) drawNames(context, names, this.inks, this.family);
    if (scene.reference) {
      const font = `600 ${this.style.font}px ${this.family}`;
      drawReference(context, frame, scene.reference, scene.metric, this.inks, {
        ...this.style,
        font,
      });
    }
  }

  private fit(canvas: HTMLCanvasElement, width: number, height: number): void {
    const { ratio } = this;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }

  private scaled(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext('2d')!;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    return context;
  }
}
