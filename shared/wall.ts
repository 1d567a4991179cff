import type { Phase } from './session.ts';

/** What the curves show. */
export const METRICS = ['train', 'test', 'accuracy'] as const;
export type Metric = (typeof METRICS)[number];

/** What they are drawn against. */
export const UNITS = ['steps', 'epochs', 'seconds'] as const;
export type Unit = (typeof UNITS)[number];

export const SPACINGS = ['linear', 'log'] as const;

/** Whose curves are drawn: everybody's, or only of those in one state. */
export const SHOWN_STATES = ['all', 'training', 'done', 'diverged', 'away'] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

/** What the sweep shows of each learning rate: the loss, or the steps until a chosen loss was reached. */
export const MEASURES = ['loss', 'steps'] as const;
export interface SweepChoice {
  measure: (typeof MEASURES)[number];
  /** The loss to reach; null for the usual one. */
  goal: number | null;
  /** The values as a table in the place of the picture. */
  asTable: boolean;
}

/** What stands beside the curves on a projector; `usual` leaves it to the moment. */
export const BESIDES = ['usual', 'curves', 'picture', 'bets', 'brain'] as const;
export type Beside = (typeof BESIDES)[number];

/** The part of an axis that is shown, in its unit; null for all of it. */
export type ShownPart = { min: number; max: number } | null;

/** How the projectors show a run, as the instructors have chosen. */
export interface WallView {
  beside: Beside;
  metric: Metric;
  unit: Unit;
  /** Of the loss axis. */
  spacing: (typeof SPACINGS)[number];
  xSpacing: (typeof SPACINGS)[number];
  /** The part of the picture that is shown. */
  zoom: { x: ShownPart; y: ShownPart };
  /** Share of the past in each smoothed loss; null leaves it to the experiment. */
  memory: number | null;
  /** Whether those who diverge may leave the picture. */
  clip: boolean;
  state: ShownState;
  /** All curves, or where most of them lie; null leaves it to their number. */
  style: 'curves' | 'band' | null;
  /** The values as a table in the place of the curves. */
  asTable: boolean;
  /** Participants that stand out, in the order in which they were pinned. */
  pins: readonly number[];
  /** Participants that are left out. */
  hidden: readonly number[];
  /** Number of the earlier run whose curves lie under those of the present one. */
  laid: number | null;
  sweep: SweepChoice;
}

/** A run that projectors show again in the place of the present one, as it was at one of its steps. */
export interface ShownReplay {
  run: number;
  step: number;
  view: WallView;
}

/** What is to be another from now on; fields that are left out stay. */
export type WallChange = { [F in keyof WallView]?: WallView[F] | undefined };

/** As a projector shows a run that nobody has conducted. */
export const USUAL_WALL: WallView = {
  beside: 'usual',
  metric: 'train',
  unit: 'steps',
  spacing: 'log',
  xSpacing: 'linear',
  zoom: { x: null, y: null },
  memory: null,
  clip: true,
  state: 'all',
  style: null,
  asTable: false,
  pins: [],
  hidden: [],
  laid: null,
  sweep: { measure: 'loss', goal: null, asTable: false },
};

/** Whether what is pointed at in one phase of a run is so still in another. [P101] */
export function staysPointed(before: Phase | undefined, after: Phase | undefined): boolean {
  const isUnderWay = (phase: Phase | undefined) => phase === 'running' || phase === 'paused';
  return before === after || (isUnderWay(before) && isUnderWay(after));
}

/**
 * For another run of the same plan: how curves are read stays, what belonged to the moment of the
 * last one goes. [P102]
 */
export function wallOfNextRun(wall: WallView): WallView {
  const { beside, zoom, state, asTable, pins, hidden } = USUAL_WALL;
  const sweep = { ...wall.sweep, asTable: false };
  return { ...wall, beside, zoom, state, asTable, pins, hidden, sweep };
}
