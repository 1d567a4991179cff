import type { RunPlan } from '../../shared/protocol/views.ts';
import { reportingGrid, stepsPerEpoch, TEST_IMAGES } from '../../shared/run/settings.ts';

/** What a plan amounts to, for the line in plain words under the form. */
export interface PlanEffect {
  stepsPerEpoch: number;
  steps: number;
  epochs: number;
  /** Steps between two points of a curve. */
  every: number;
  /** Length at the plan's pace, or null at full speed, where each device has its own. */
  seconds: number | null;
  /** Bytes of images that each device loads, about. */
  download: number;
}

/** Bytes that a 28×28 image takes in what the server sends, on average: those of MNIST, as gzip leaves them. */
const IMAGE_BYTES = 157;

export function planEffect({ settings, pace }: RunPlan): PlanEffect {
  const epoch = stepsPerEpoch(settings);
  return {
    stepsPerEpoch: epoch,
    steps: settings.steps,
    epochs: settings.steps / epoch,
    every: reportingGrid(settings.steps).every,
    seconds: pace.kind === 'paced' ? settings.steps / pace.stepsPerSecond : null,
    download: settings.experiment === 'mnist' ? (settings.images + TEST_IMAGES) * IMAGE_BYTES : 0,
  };
}

/** Whether two plans ask for the same run. */
export function samePlan(a: RunPlan, b: RunPlan): boolean {
  return canonical(a) === canonical(b);
}

/** The same text for equal plans, whatever order their fields are in. */
function canonical({ settings, pace, rates, bets = false }: RunPlan): string {
  const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    sorted({ ...settings, init: sorted(settings.init) }),
    sorted(pace),
    sorted(rates),
    bets,
  ]);
}
