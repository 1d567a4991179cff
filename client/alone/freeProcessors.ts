/** Processors of this device but for one, which the page needs to draw what the models do. */
export function freeProcessors(): number {
  return Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
}
