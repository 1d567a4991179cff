import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { affordable, membersOf, type BrainPlan } from '../../shared/run/brainMembers.ts';
import { stepsClosed } from '../../shared/run/settings.ts';
import type { Room } from './room.ts';
import type { Entry } from './run.ts';

/**
 * What the class brain of the present run is made of: whoever came as far as the class is compared,
 * and whoever diverged before. Models are not sent, but recomputed by the page that shows them. [P70]
 */
export function brainPlan({ run, phase, predictions }: Room): BrainPlan | { refusal: Refusal } {
  if (!run) return { refusal: REFUSALS.noRun };
  if (phase !== 'finished') return { refusal: REFUSALS.wrongPhase };
  predictions.judge();
  const { arrived, order } = run.standings;
  const students = [...run.all].flatMap(({ rate, losses, divergedAt, verdict, outcome }) => {
    const came = divergedAt !== null || losses.length >= arrived;
    if (rate === null || !came || verdict?.state === 'refuted') return [];
    return { rate, divergedAt, isGood: outcome === 'good' };
  });
  const leader = order.map((participant) => run.entry(participant)).find(isSound(arrived));
  const best = leader?.rate ?? null;
  if (arrived === 0 || best === null) return { refusal: REFUSALS.noModels };
  const steps = stepsClosed(run.grid, arrived);
  const members = affordable(membersOf(students), best, run.plan.settings, steps);
  return { run: run.number, steps, best, members, students: students.length };
}

function isSound(arrived: number): (entry: Entry | undefined) => entry is Entry {
  return (entry): entry is Entry =>
    entry !== undefined &&
    entry.divergedAt === null &&
    entry.verdict?.state !== 'refuted' &&
    entry.losses.length >= arrived;
}
