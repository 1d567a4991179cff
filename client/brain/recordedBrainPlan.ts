import type { RunResult } from '../../shared/protocol/results.ts';
import { brainPlanOf, type BrainPlan } from '../../shared/run/brainMembers.ts';

/** What the class brain of a recorded run is made of; null where nobody came anywhere without diverging. */
export function recordedBrainPlan(run: RunResult): BrainPlan | null {
  const place = ({ rank }: { rank: number | null }) => rank ?? Infinity;
  const ranked = run.participants.toSorted((a, b) => place(a) - place(b) || a.index - b.index);
  return brainPlanOf(
    run,
    ranked.map(({ rate, losses, divergedAt, verdict, outcome }) => ({
      ...{ rate, divergedAt, windows: losses.length },
      ...{ isRefuted: verdict === 'refuted', isGood: outcome === 'good' },
    })),
  );
}
