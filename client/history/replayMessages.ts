import type { RunSettings } from '../../shared/run/settings.ts';

/** To the worker that computes the losses of a run again. */
export interface ToReplay {
  settings: RunSettings;
  /** Each learning rate once. */
  rates: number[];
  /** Steps to do. */
  steps: number;
  /** Absolute URL of the folder with the data's manifest. */
  dataUrl: string;
}

export type FromReplay =
  { type: 'losses'; rate: number; losses: Float32Array } | { type: 'done' } | { type: 'failed' };
