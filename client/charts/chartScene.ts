import type { RunView } from '../../shared/protocol/views.ts';
import { reportingGrid, stepsPerEpoch } from '../../shared/run/settings.ts';
import type { Range } from './axis.ts';
import type { Curve, Metric, State, Unit } from './curves.ts';
import type { Scene } from './curvePlot.ts';
import type { Extent } from './extent.ts';
import type { Band } from './quantiles.ts';
import { roundUp, type Spacing } from './ticks.ts';
import { visibleRange } from './visibleRange.ts';
import type { Zoom } from './zoom.ts';

/** What has been chosen, as plain values. */
export interface Choice {
  metric: Metric;
  unit: Unit;
  xSpacing: Spacing;
  ySpacing: Spacing;
  memory: number;
  clip: boolean;
  state: State | 'all';
  zoom: Zoom;
  hidden: ReadonlySet<number>;
  /** Participants that stand out, the last on top. */
  strong: readonly number[];
  /** Whether the others step back for them. */
  dimmed: boolean;
}

/** Texts of the axes, in the page's language. */
export interface AxisTexts {
  x: string;
  y: string;
  epochs: string;
  value: (value: number) => string;
  share: (value: number) => string;
  reference: (rate: number) => string;
}

/** Above this many curves, those before smoothing would only be a stain under the others. */
const FEW_GHOSTS = 40;

export function isShown(curve: Curve, { state, hidden }: Pick<Choice, 'state' | 'hidden'>) {
  return !hidden.has(curve.participant) && (state === 'all' || curve.state === state);
}

/**
 * The picture as a whole and the part of it that is zoomed to.
 * @param behind extents of what is drawn behind the curves and belongs into the picture as well
 */
export function rangesOf(
  run: RunView,
  shown: readonly Curve[],
  choice: Choice,
  behind: readonly Extent[] = [],
): { whole: { x: Range; y: Range }; x: Range; y: Range } {
  const whole = { x: wholeX(run, shown, choice), y: wholeY(shown, behind, choice) };
  return { whole, x: choice.zoom.x ?? whole.x, y: choice.zoom.y ?? whole.y };
}

export function buildScene(
  run: RunView,
  shown: readonly Curve[],
  earlier: readonly Curve[],
  band: Band | null,
  choice: Choice,
  ranges: { x: Range; y: Range },
  texts: AxisTexts,
  withEpochs: boolean,
): Scene {
  const { metric, unit } = choice;
  const perEpoch = stepsPerEpoch(run.settings);
  const places = new Map(shown.map((curve) => [curve.participant, curve]));
  return {
    key: [run.number, run.settings.steps, metric, unit, choice.memory].join(' '),
    metric,
    curves: band ? [] : shown,
    earlier,
    ghosts: shown.length <= FEW_GHOSTS ? 'all' : 'strong',
    band,
    strong: choice.strong.flatMap((participant) => places.get(participant) ?? []),
    dimmed: choice.dimmed && !band,
    x: { spacing: choice.xSpacing, range: ranges.x, title: texts.x, label: texts.value },
    y: {
      spacing: choice.ySpacing,
      range: ranges.y,
      title: texts.y,
      label: metric === 'accuracy' ? texts.share : texts.value,
    },
    epochs:
      withEpochs && unit === 'steps' && choice.xSpacing === 'linear' && perEpoch > 1
        ? { title: texts.epochs, perEpoch, label: texts.value }
        : null,
  };
}

/** The first place above 0 that is known; infinity where there is none. */
function firstOf(x: Float32Array): number {
  return x.find((place) => place > 0) ?? Infinity;
}

/** Room for devices that are a little behind the clock at the end of a pace. */
const LATE = 1.05;

function wholeX(
  { settings, pace }: RunView,
  shown: readonly Curve[],
  { unit, xSpacing }: Choice,
): Range {
  const { every, steps } = reportingGrid(settings.steps);
  const log = xSpacing === 'log';
  switch (unit) {
    case 'steps':
      return { min: log ? Math.min(every, steps / 2) : 0, max: steps };
    case 'epochs': {
      const per = stepsPerEpoch(settings);
      return { min: log ? Math.min(every, steps / 2) / per : 0, max: steps / per };
    }
    case 'seconds': {
      const longest = shown.reduce((most, { x }) => Math.max(most, x[x.length - 1] || 0), 0);
      const planned = pace.kind === 'paced' ? (steps / pace.stepsPerSecond) * LATE : 0;
      const isOver = shown.every(({ state }) => state === 'done' || state === 'diverged');
      const reached = isOver ? longest : roundUp(longest);
      const max = longest > planned ? reached : planned || 10;
      const first = shown.reduce((least, { x }) => Math.min(least, firstOf(x)), max);
      return { min: log ? Math.min(Math.max(first, max / 1_000), max / 2) : 0, max };
    }
  }
}

function wholeY(
  shown: readonly Curve[],
  behind: readonly Extent[],
  { metric, ySpacing, clip }: Choice,
): Range {
  if (metric === 'accuracy') return { min: 0, max: 1 };
  const reaches = shown.map(({ extent, state }) => ({ extent, diverged: state === 'diverged' }));
  const lines = behind.map((extent) => ({ extent, diverged: false }));
  return visibleRange([...reaches, ...lines], ySpacing, clip);
}
