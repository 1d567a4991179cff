import { flushSync, untrack } from 'svelte';
import type { Range } from './axis.ts';
import { ChartOptions } from './chartOptions.svelte.ts';
import { chartChoice } from './chartChoice.ts';
import { buildScene, isShown, rangesOf, type AxisTexts } from './chartScene.ts';
import type { ChartSession } from './chartSession.ts';
import { ClassBand } from './classBand.ts';
import { hiddenPoints } from './clip.ts';
import type { Curve } from './curves.ts';
import { CurvePlot, type PlotStyle, type Pointing, type Scene } from './curvePlot.ts';
import type { CurveFocus } from './focus.svelte.ts';
import type { Point } from './gestures.ts';
import { Outside } from './outside.svelte.ts';
import { nearestCurve, REACH } from './nearestCurve.ts';
import { isOnPaper, type NamedCurves } from './printedNames.ts';
import { ToldBand } from './toldBand.ts';
import { pastCurves, SessionCurves } from './sessionCurves.ts';
import { usualMemory } from './smoothing.ts';
import { findTip, placeRead, pointingOf, type Cursor, type Tip } from './tip.ts';
import { curveBeside } from './valuesAt.ts';
import { Viewfinder } from './viewfinder.svelte.ts';
import { witnessOf, type PastRun, type Witness } from './witness.svelte.ts';

/** What the chart's component is given. */
export interface ChartGiven {
  session: ChartSession;
  focus: CurveFocus;
  highlight: number | null;
  texts: AxisTexts;
  withEpochs: boolean;
}

/** Drawing takes this much of a frame at the most, in ms; the rest is the browser's. */
const BUDGET = 8;
/** A class above this size is shown as a band unless somebody asks for the curves. */
export const CROWD = 150;

/** One chart on the screen: reads the session, draws it, and answers the pointer and the keys. */
export class ChartView {
  readonly finder = new Viewfinder(
    () => {
      const frame = this.plot?.frame;
      return frame && this.ranges ? { frame, whole: this.ranges.whole } : null;
    },
    () => this.options,
  );
  tip = $state.raw<Tip | null>(null);
  /** How many curves are named on paper; null on a screen. */
  printed = $state.raw<NamedCurves | null>(null);
  /** Points of the curves that are shown which lie outside of the picture. */
  readonly outside = new Outside(() =>
    this.ranges ? hiddenPoints(this.shown, this.ranges.x, this.ranges.y) : 0,
  );
  /** How many curves the filters leave. */
  count = $state(0);
  readonly curves: SessionCurves;

  private readonly witness: Witness;
  private plot: CurvePlot | null = null;
  private scene: Scene | null = null;
  private shown: Curve[] = [];
  private ranges: { whole: { x: Range; y: Range }; x: Range; y: Range } | null = null;
  private readonly toldBand = new ToldBand();
  private readonly ownBand = new ClassBand();
  private drawing = 0;
  private stale = true;
  /** Where the pointer or the keyboard's cursor is. */
  private pointer: Point | null = null;
  private key: { participant: number; k: number } | null = null;
  private box: Pointing['box'] = null;

  constructor(
    session: ChartSession,
    private readonly given: () => ChartGiven,
    readonly options = new ChartOptions(),
  ) {
    this.witness = witnessOf(session);
    this.curves = new SessionCurves(session);
  }

  /** Draws into an element until the returned function is called. */
  attach(host: HTMLElement, style: PlotStyle): () => void {
    const plot = new CurvePlot(host, style);
    this.plot = plot;
    this.change();
    // A sheet is narrower than the screen, which may ask for a plot of another size just then.
    if (isOnPaper()) untrack(() => this.draw(Infinity));
    return () => {
      this.outside.stop();
      cancelAnimationFrame(this.drawing);
      this.drawing = 0;
      plot.destroy();
      this.plot = null;
    };
  }

  /** The page's colours have changed. Paper waits for no frame: there all of it is drawn now. */
  recolour(): void {
    this.plot?.recolour();
    if (isOnPaper()) flushSync(() => this.draw(Infinity));
    else this.schedule();
  }

  /** Something that is drawn has changed; however much does so, it is drawn once a frame. */
  change(): void {
    this.stale = true;
    this.schedule();
  }

  /** What is shown now, for a table or a picture; complete and up to date. */
  snapshot(): { scene: Scene; curves: readonly Curve[] } | null {
    this.read();
    return this.scene && { scene: this.scene, curves: this.shown };
  }

  /** Runs that are over. */
  get past(): readonly PastRun[] {
    return this.witness.past;
  }

  /** Number of the one that is laid under the present run; null where none is. */
  get laid(): number | null {
    const run = this.given().session.view?.run;
    return (run && this.witness.under(run)?.run.number) ?? null;
  }

  /** Lays an earlier run under the present one; null takes away what is laid. */
  lay(number: number | null): void {
    this.witness.laid = number;
  }

  get memory(): number {
    const run = this.given().session.view?.run;
    return this.options.memory ?? (run ? usualMemory(run.settings) : 0);
  }

  /** Whether what is drawn as a line is smoothed: only losses of training ever are. */
  get isSmoothed(): boolean {
    return this.options.metric === 'train' && this.memory > 0;
  }

  get style(): 'curves' | 'band' {
    // In seconds no two curves have their points at the same places.
    if (this.options.unit === 'seconds') return 'curves';
    return this.options.style ?? (this.count > CROWD ? 'band' : 'curves');
  }

  hover(at: Point, kind: 'mouse' | 'touch'): void {
    this.pointer = at;
    this.key = null;
    this.given().focus.hovered = this.hitAt(at, kind);
    this.schedule();
  }

  leave(): void {
    if (this.pointer === null && this.key === null) return;
    this.pointer = null;
    this.key = null;
    this.given().focus.hovered = null;
    this.schedule();
  }

  tap(at: Point, kind: 'mouse' | 'touch'): void {
    const { focus } = this.given();
    // A mouse pins what it has lit, also when the curves have moved below it since.
    const hit = kind === 'mouse' && this.pointer ? focus.hovered : this.hitAt(at, kind);
    focus.togglePin(hit);
    if (kind === 'touch') this.pointer = hit === null ? null : at;
    this.schedule();
  }

  dragBox(from: Point, to: Point): void {
    this.box = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
    this.pointer = null;
    this.given().focus.hovered = null;
    this.schedule();
  }

  dropBox(): void {
    this.box = null;
    this.schedule();
  }

  takeBox(from: Point, to: Point): void {
    this.box = null;
    this.finder.frameBox(from, to);
    this.schedule();
  }

  /** Magnifies about what is being read, which so stays in the picture. */
  magnify(factor: number): void {
    this.finder.magnify(factor, this.placeRead());
  }

  /** To another value of the curve that the keyboard is on. */
  along(by: number): void {
    const curve = this.keyCurve();
    if (!curve) return;
    const last = curve.y.length - 1;
    this.setKey(curve, Math.min(Math.max((this.key?.k ?? last) + by, 0), last));
  }

  /** To the curve above at this place, or the one below. */
  across(by: 1 | -1): void {
    const curve = this.keyCurve();
    if (!curve) return;
    const k = this.key?.k ?? curve.y.length - 1;
    const next = curveBeside(curve, k, by, this.shown, this.options.metric);
    if (next) this.setKey(next.curve, next.k);
  }

  private setKey({ participant }: Curve, k: number): void {
    this.key = { participant, k };
    this.pointer = null;
    this.given().focus.hovered = participant;
    const place = this.placeRead();
    if (place) this.finder.reveal(place);
    this.schedule();
  }

  private keyCurve(): Curve | null {
    const { focus, highlight } = this.given();
    const wanted = this.key?.participant ?? focus.participant ?? highlight;
    const begun = this.shown.filter(({ y }) => y.length > 0);
    return begun.find(({ participant }) => participant === wanted) ?? begun[0] ?? null;
  }

  private schedule(): void {
    this.drawing ||= requestAnimationFrame(() => this.draw());
  }

  private draw(deadline = performance.now() + BUDGET): void {
    this.drawing = 0;
    const { plot } = this;
    if (!plot) return;
    if (this.stale) this.read();
    if (!this.scene) return;
    const frame = plot.prepare(this.scene);
    const tip = this.box ? null : findTip(this.cursor, this.shown, frame, this.options.metric);
    const pointing: Pointing = { ...pointingOf(tip, frame), box: this.box };
    const done = plot.show(this.scene, pointing, deadline);
    this.tip = tip;
    this.printed = plot.printed;
    this.outside.recount();
    if (!done) this.schedule();
  }

  /** Makes the scene of what the session and the choices are now. */
  private read(): void {
    this.stale = false;
    const { session, texts, withEpochs } = this.given();
    this.witness.look();
    const run = session.view?.run ?? null;
    if (!run) {
      this.scene = null;
      this.shown = [];
      return;
    }
    const { focus, highlight } = this.given();
    const choice = chartChoice(focus, highlight, this.options, this.finder.zoom, this.memory);
    const reading = { metric: choice.metric, unit: choice.unit, memory: choice.memory };
    this.shown = this.curves.read(reading).filter((curve) => isShown(curve, choice));
    if (this.count !== this.shown.length) this.count = this.shown.length;
    const told = this.toldBand.of(session.board, run.settings, reading);
    const reference = this.curves.reference(reading, texts.reference);
    const drawn = reference ? [...this.shown, reference] : this.shown;
    this.ranges = rangesOf(run, drawn, choice, told?.extents);
    const past = this.witness.under(run);
    const earlier =
      past && choice.metric === 'train' ? pastCurves(past, choice.unit, choice.memory) : [];
    const key = `${run.number} ${JSON.stringify(reading)}`;
    const band = this.style === 'band' ? (told?.band ?? this.ownBand.of(key, this.shown)) : null;
    const { ranges, shown } = this;
    const built = buildScene(run, shown, earlier, band, choice, ranges, texts, withEpochs);
    // Who is shown only some of the curves sees them before the whole class.
    this.scene = { ...built, reference, ...(told && { band: told.band }) };
  }

  private hitAt(at: Point, kind: 'mouse' | 'touch'): number | null {
    const { frame } = this.plot ?? {};
    if (!frame || at.x < frame.x.from - REACH[kind]) return null;
    return nearestCurve(this.shown, frame.x, frame.y, at.x, at.y, REACH[kind])?.participant ?? null;
  }

  private get cursor(): Cursor {
    return { pointer: this.pointer, key: this.key, focused: this.given().focus.participant };
  }

  private placeRead(): Point | null {
    const frame = this.plot?.frame;
    return frame ? placeRead(this.cursor, this.shown, frame) : null;
  }
}
