import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { stepsPerEpoch, type Grid, type RunSettings } from '../../shared/run/settings.ts';
import type { Axis } from './axis.ts';
import type { Curve, Weight } from './curves.ts';
import { drawCurves } from './drawCurves.ts';
import { axisTicks } from './sweep.ts';
import { tickLabel } from './tickLabel.ts';
import type { Spacing } from './ticks.ts';
import type { Range } from './visibleRange.ts';

/** What the plot shows; replaced whole for each drawing. */
export interface Scene {
  grid: Grid;
  settings: RunSettings | null;
  losses: Range;
  curves: readonly { curve: Curve; weight: Weight }[];
}

/** Lengths in CSS pixels and texts that a plot is made with. */
export interface PlotStyle {
  spacing: Spacing;
  fontSize: number;
  line: number;
  labels: { steps: string; epochs: string; loss: string };
  /** Whether epochs have an axis of their own, for experiments whose epoch has several steps. */
  epochs: boolean;
}

/**
 * uPlot draws axes and grid and keeps the canvas sharp; the curves are drawn in its draw hook,
 * because they are of different lengths, and are dimmed and raised as the pointer moves.
 */
export class LossPlot {
  private readonly plot: uPlot;
  private scene: Scene;

  constructor(
    private readonly host: HTMLElement,
    private readonly style: PlotStyle,
    scene: Scene,
  ) {
    this.scene = scene;
    this.plot = new uPlot(this.options(), this.corners(), host);
  }

  /** The part of the page on which the curves lie. */
  get surface(): HTMLElement {
    return this.plot.over;
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.plot.setData(this.corners());
  }

  resize(): void {
    this.plot.setSize(this.size());
  }

  destroy(): void {
    this.plot.destroy();
  }

  /** The axes in CSS pixels from the surface's upper left corner. */
  axes(): { x: Axis; y: Axis } {
    const { clientWidth, clientHeight } = this.plot.over;
    return this.axesWithin(0, 0, clientWidth, clientHeight);
  }

  private axesWithin(left: number, top: number, width: number, height: number) {
    const { grid, losses } = this.scene;
    const steps = { min: 0, max: Math.max(1, grid.steps) };
    const x: Axis = { spacing: 'linear', range: steps, from: left, to: left + width };
    const y: Axis = { spacing: this.style.spacing, range: losses, from: top + height, to: top };
    return { x, y };
  }

  /** uPlot takes the ends of its axes from data: two opposite corners, which it does not draw. */
  private corners(): uPlot.AlignedData {
    const { grid, losses } = this.scene;
    return [
      [0, Math.max(1, grid.steps)],
      [losses.min, losses.max],
    ];
  }

  private size(): { width: number; height: number } {
    return {
      width: Math.max(120, this.host.clientWidth),
      height: Math.max(120, this.host.clientHeight),
    };
  }

  private draw(): void {
    const { ctx, bbox } = this.plot;
    drawCurves(
      {
        context: ctx,
        grid: this.scene.grid,
        ...this.axesWithin(bbox.left, bbox.top, bbox.width, bbox.height),
        line: this.style.line * uPlot.pxRatio,
        background: this.colour('--surface'),
      },
      this.scene.curves,
    );
  }

  private colour(name: string): string {
    return getComputedStyle(this.host).getPropertyValue(name).trim();
  }

  private options(): uPlot.Options {
    const { spacing, fontSize, labels, epochs } = this.style;
    const font = `${fontSize}px ${getComputedStyle(this.host).fontFamily}`;
    const common: uPlot.Axis = {
      font,
      labelFont: font,
      labelSize: fontSize * 1.5,
      labelGap: 0,
      gap: fontSize * 0.4,
      stroke: () => this.colour('--ink-soft'),
      grid: { stroke: () => this.colour('--line'), width: 1 },
      ticks: { show: false },
      filter: (_, splits) => splits,
      values: (_, splits) => splits.map((value) => tickLabel(value)),
    };
    const alongSteps = (perTick: number) => () =>
      axisTicks(this.axes().x, fontSize * 4.5)
        .map(({ value }) => value)
        .filter((value) => value % perTick === 0);
    const axes: uPlot.Axis[] = [
      {
        ...common,
        label: labels.steps,
        size: fontSize * 1.7,
        splits: alongSteps(1),
      },
      {
        ...common,
        scale: 'y',
        label: labels.loss,
        size: (_, values) => widest(values) * fontSize * 0.56 + fontSize,
        splits: () => axisTicks(this.axes().y, fontSize * 3).map(({ value }) => value),
      },
    ];
    if (epochs) {
      axes.push({
        ...common,
        scale: 'x',
        side: 2,
        label: labels.epochs,
        size: fontSize * 1.7,
        grid: { show: false },
        splits: () => this.epochStarts(fontSize * 3),
        values: (_, splits) => splits.map((step) => tickLabel(step / this.epoch)),
      });
    }
    return {
      ...this.size(),
      legend: { show: false },
      padding: [fontSize, fontSize * 1.6, null, null],
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, min, max) => [min, max] },
        y: { distr: spacing === 'log' ? 3 : 1, range: (_, min, max) => [min, max] },
      },
      series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
      axes,
      hooks: { draw: [() => this.draw()] },
    };
  }

  private get epoch(): number {
    return this.scene.settings ? stepsPerEpoch(this.scene.settings) : 1;
  }

  private epochStarts(apart: number): number[] {
    const { x } = this.axes();
    const inEpochs = { ...x, range: { min: 0, max: x.range.max / this.epoch } };
    return axisTicks(inEpochs, apart)
      .filter(({ value }) => Number.isInteger(value))
      .map(({ value }) => value * this.epoch);
  }
}

function widest(values: readonly (string | null)[] | null): number {
  return Math.max(3, ...(values ?? []).map((value) => value?.length ?? 0));
}
