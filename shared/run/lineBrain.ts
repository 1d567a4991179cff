import type { Points } from '../data/linear.ts';
import { ParameterMean } from '../model/average.ts';
import { Perceptron } from '../model/perceptron.ts';
import type { BrainPlan } from './brainMembers.ts';
import type { LinearSettings } from './settings.ts';

/** The line ŷ = w·x + b and its cost C = MSE/2 on the points. */
export interface LineScore {
  w: number;
  b: number;
  cost: number;
}

export interface LineBrainResult {
  kind: 'line';
  plan: BrainPlan;
  best: LineScore;
  /** The mean of the single costs, the diverged left out. */
  mean: number;
  /**
   * The averaged line without the diverged, and with them; null where none has diverged. Since ŷ is
   * linear in w and b, it is at the same time the mean of what the single lines answer.
   */
  sound: LineScore;
  all: LineScore | null;
}

/** The class brain of the perceptron; 'none' where every line has diverged. */
export function lineBrain(
  plan: BrainPlan,
  settings: LinearSettings,
  points: Points,
): LineBrainResult | 'none' {
  const sound = new ParameterMean();
  const all = new ParameterMean();
  let costs = 0;
  let best: LineScore | null = null;
  for (const { rate, students, divergedAt } of plan.members) {
    const model = Perceptron.start(settings.init, settings.seed);
    for (let step = 0; step < (divergedAt ?? plan.steps); step++) model.trainStep(points, rate);
    const parameters = [Float64Array.of(model.w, model.b)];
    all.add({ parameters, students });
    if (divergedAt !== null) continue;
    sound.add({ parameters, students });
    costs += students * model.cost(points);
    if (rate === plan.best) best = score(parameters, points);
  }
  const average = sound.wide;
  if (!average || !best) return 'none';
  const hasDiverged = plan.members.some(({ divergedAt }) => divergedAt !== null);
  return {
    kind: 'line',
    plan,
    best,
    mean: costs / sound.students,
    sound: score(average, points),
    all: hasDiverged && all.wide ? score(all.wide, points) : null,
  };
}

function score([values]: readonly Float64Array[], points: Points): LineScore {
  const [w = NaN, b = NaN] = values ?? [];
  return { w, b, cost: new Perceptron(w, b).cost(points) };
}
