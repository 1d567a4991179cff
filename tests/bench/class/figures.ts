import type { Sent } from './crew.ts';
import type { Received } from './screen.ts';

/** The value below which `share` of the values lie; NaN of none. */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Holds what a screen received against what was sent, column by column and bit by bit. A latency is
 * from a point's leaving its student to its arrival, an age from the point's being there: with the
 * time for which a student gathers points before it reports them.
 */
export function compare(
  sent: readonly Sent[],
  received: ReadonlyMap<number, Received>,
): { pointsIn: number; pointsLost: number; latencies: Float64Array; ages: Float64Array } {
  let pointsIn = 0;
  let pointsLost = 0;
  const latencies: number[] = [];
  const ages: number[] = [];
  for (const { index, losses, sentAt, closedAt } of sent) {
    const column = received.get(index);
    for (let k = 0; k < losses.length; k++) {
      const receivedAt = column?.receivedAt[k] ?? 0;
      if (receivedAt === 0 || column?.losses[k] !== losses[k]) {
        pointsLost += 1;
        continue;
      }
      pointsIn += 1;
      latencies.push(receivedAt - sentAt[k]!);
      ages.push(receivedAt - closedAt[k]!);
    }
  }
  return {
    pointsIn,
    pointsLost,
    latencies: Float64Array.from(latencies),
    ages: Float64Array.from(ages),
  };
}

/** Rounded for people: what lies behind is noise. */
export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
