import type { RunSettings } from './settings.ts';

/**
 * A model that a student takes home: JSON that anything can read, and that `npm run train -- --from`
 * goes on from. Floats are written so that reading them gives the same bits; null is no number.
 */
export interface SavedModel {
  format: typeof FORMAT;
  version: 1;
  settings: RunSettings;
  learningRate: number;
  /** Steps that were done. */
  step: number;
  /** The step at which it diverged, or null. */
  divergedAt: number | null;
  /** Mean loss of each reporting window, as in the class's chart. */
  losses: number[];
  /** In the order of `parameterShapes`; w and b of the perceptron. */
  parameters: (number | null)[][];
}

export const FORMAT = 'build-a-brain/model';

export function savedModel(
  settings: RunSettings,
  learningRate: number,
  at: { step: number; divergedAt: number | null; losses: ArrayLike<number> },
  parameters: readonly ArrayLike<number>[],
): SavedModel {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...{ format: FORMAT, version: 1, settings, learningRate },
    ...{ step: at.step, divergedAt: at.divergedAt, losses: Array.from(at.losses) },
    parameters: parameters.map((values) => Array.from(values, finite)),
  };
}
