import * as v from 'valibot';
import { LEARNING_RATE, MAX_ADMITTED, MAX_KEPT_RUNS, MAX_STEPS } from '../../shared/limits.ts';
import { SETTINGS } from '../../shared/protocol/schemas.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { keep, recall } from '../live/storage.ts';

/**
 * A run that this device has trained, and how far. It is all that the model follows from, to the
 * last bit, so these few bytes are what is kept of it over a reload.
 */
export interface LeftRun {
  code: string;
  /** The student, within its class. */
  index: number;
  run: number;
  settings: RunSettings;
  rate: number;
  /** Steps that were done. */
  step: number;
}

const KEPT_RUNS = 'build-a-brain:runs';

const KEPT = v.array(
  v.object({
    code: v.string(),
    index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_ADMITTED - 1)),
    run: v.pipe(v.number(), v.integer(), v.minValue(1)),
    settings: SETTINGS,
    rate: v.pipe(v.number(), v.minValue(LEARNING_RATE.min), v.maxValue(LEARNING_RATE.max)),
    step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_STEPS)),
  }),
);

/** The runs that this device has trained in a class, the latest first. */
export function leftRuns(code: string): LeftRun[] {
  return stored().filter((each) => each.code === code);
}

/** Notes how far a run has come; of earlier ones only as many are kept as can still be asked for. */
export function noteRun(run: LeftRun): void {
  const others = leftRuns(run.code).filter(
    (each) => each.run !== run.run && each.index === run.index,
  );
  keep(KEPT_RUNS, JSON.stringify([run, ...others].slice(0, MAX_KEPT_RUNS)));
}

function stored(): LeftRun[] {
  try {
    const read = v.safeParse(KEPT, JSON.parse(recall(KEPT_RUNS) ?? '[]'));
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}
