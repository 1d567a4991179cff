import type { RunResult } from '../../shared/protocol/results.ts';
import { computeBrain, isCheap } from '../brain/brainWorker.ts';
import type { BrainState } from '../brain/observedBrain.svelte.ts';
import { recordedBrainPlan } from '../brain/recordedBrainPlan.ts';
import type { ReportedBrain } from './brainSection.ts';

/**
 * The class brain of a run that is over: the one that the page shows already, or one that is computed
 * now from the run's learning rates. Not where that would take long: whoever wants it in the report
 * has the page compute it first.
 */
export async function reportedBrain(run: RunResult, shown: BrainState): Promise<ReportedBrain> {
  if (shown.state === 'ready' && shown.result.plan.run === run.number) return shown.result;
  const plan = recordedBrainPlan(run);
  if (!plan) return 'none';
  return isCheap(plan, run.settings) ? computeBrain(plan, run.settings) : 'long';
}
