import { dealRate, rateRange, type RatePolicy } from '../../shared/run/rates.ts';
import type { Roster } from './roster.ts';
import type { Run } from './run.ts';

/** Enters everybody in the run, with the rate that its rule deals; picks made before stay where they fit. */
export function dealAll(run: Run, roster: Roster, before: Run | null): void {
  const { rates } = run.plan;
  for (const { index } of roster.participants) {
    run.enter(index, dealRate(rates, index) ?? keptPick(rates, before, index));
  }
}

/** At the start, those who have not picked a rate are dealt one over the same range. */
export function dealToUndecided(run: Run): void {
  const { rates } = run.plan;
  if (rates.kind !== 'pick') return;
  for (const entry of run.all) {
    entry.rate ??= dealRate({ ...rates, kind: 'spread' }, entry.participant);
  }
}

export function isWithin(policy: RatePolicy, rate: number): boolean {
  const { from, to } = rateRange(policy);
  return rate >= Math.min(from, to) && rate <= Math.max(from, to);
}

function keptPick(policy: RatePolicy, before: Run | null, index: number): number | null {
  const rate = before?.plan.rates.kind === 'pick' ? before.entry(index)?.rate : null;
  return rate && isWithin(policy, rate) ? rate : null;
}
