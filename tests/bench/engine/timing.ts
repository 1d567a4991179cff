/** How long one round runs, in ms: long against the clock's grain and against a collection of garbage. */
const ROUND_MS = 400;

/** How often `work` can be done in a second, over one round. */
export function perSecond(work: () => void): number {
  const begun = performance.now();
  let times = 0;
  let passed = 0;
  // The clock is asked rarely where the work is short.
  for (let often = 1; passed < ROUND_MS; often = Math.min(often * 2, 256)) {
    for (let k = 0; k < often; k++) work();
    times += often;
    passed = performance.now() - begun;
  }
  return (times * 1_000) / passed;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
