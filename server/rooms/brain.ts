import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { brainPlanOf, type BrainPlan } from '../../shared/run/brainMembers.ts';
import type { Room } from './room.ts';

/**
 * What the class brain of the present run is made of. Models are not sent, but recomputed by the
 * page that shows them. [P70]
 */
export function brainPlan({ run, phase, predictions }: Room): BrainPlan | { refusal: Refusal } {
  if (!run) return { refusal: REFUSALS.noRun };
  if (phase !== 'finished') return { refusal: REFUSALS.wrongPhase };
  predictions.judge();
  const { arrived, order } = run.standings;
  const ranked = order.flatMap((participant) => run.entry(participant) ?? []);
  const all = new Set([...ranked, ...run.all]);
  const students = [...all].map(({ rate, losses, divergedAt, verdict, outcome }) => ({
    ...{ rate, divergedAt, windows: losses.length },
    ...{ isRefuted: verdict?.state === 'refuted', isGood: outcome === 'good' },
  }));
  const { settings } = run.plan;
  const plan = brainPlanOf({ number: run.number, settings, arrived }, students);
  return plan ?? { refusal: REFUSALS.noModels };
}
