import type { RunSettings } from './settings.ts';

/**
 * Whether the losses of two runs say the same, so that their curves belong on one axis: the same
 * kind of loss, on the same task. Another model on the same digits is what one may want to compare.
 */
export function isComparable(a: RunSettings, b: RunSettings): boolean {
  if (a.experiment === 'toy' && b.experiment === 'toy') return a.shape === b.shape;
  return a.experiment === b.experiment;
}
