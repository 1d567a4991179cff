import { edgeOfStability } from '../../shared/model/edge.ts';
import { WORKSHOP } from '../../shared/data/linear.ts';
import { createLearner } from '../../shared/run/learner.ts';
import type { ReportedBrain } from '../../client/report/brainSection.ts';
import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import type { ClassBrainResult } from '../../shared/run/classBrain.ts';
import { brainPlanOf } from '../../shared/run/brainMembers.ts';
import { lineBrain } from '../../shared/run/lineBrain.ts';
import { rateAt } from '../../shared/run/rates.ts';
import type { LinearSettings, MnistSettings } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';

const LINE: LinearSettings = {
  ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 200 },
  init: { kind: 'values', w: -0.5, b: 1.5 },
};
const DIGITS: MnistSettings = {
  ...{ experiment: 'mnist', model: 'softmax', seed: 1_234_567, steps: 18_750, images: 60_000 },
  ...{ batchSize: 32, order: 'shuffle', init: { kind: 'zeros' } },
};
const RANGE = { from: 0.001, to: 1.2 * edgeOfStability(WORKSHOP.x) };

/**
 * A class as large as that, whose report is as long as one can be: nicknames of 24 wide letters,
 * everybody has guessed, and the class brain has all of its lines. The curves are those of the
 * straight line, real ones, whatever the experiment is called.
 */
export function classOf(
  students: number,
  experiment: 'linear' | 'mnist',
): { run: RunResult; brain: ReportedBrain } {
  const all = Array.from({ length: students }, (_, k) => studentOf(k, students, experiment));
  const lastOf = ({ losses }: ParticipantResults) => losses.at(-1)!.loss;
  const ranked = all.toSorted(
    (a, b) =>
      Number(a.divergedAt !== null) - Number(b.divergedAt !== null) || lastOf(a) - lastOf(b),
  );
  for (const [k, each] of ranked.entries()) each.rank = k + 1;
  const settings = experiment === 'linear' ? LINE : DIGITS;
  const run: RunResult = {
    ...{ number: 12, arrived: 200, settings, participants: all, bets: true },
    pace: { kind: 'paced', stepsPerSecond: 20 },
    rates: { kind: 'spread', ...RANGE },
  };
  const members = ranked.map(({ rate, divergedAt, losses }) => ({
    ...{ rate, divergedAt, windows: losses.length, isRefuted: false, isGood: true },
  }));
  const plan = brainPlanOf({ ...run, settings: LINE }, members)!;
  if (experiment === 'linear') return { run, brain: lineBrain(plan, LINE, WORKSHOP) };
  const score = (accuracy: number) => ({ accuracy, perClass: [] });
  const pair = (accuracy: number) => ({ average: score(accuracy), vote: score(accuracy) });
  const brain: ClassBrainResult = {
    ...{ kind: 'classifier', accuracies: [], mean: 0.812, best: score(0.9) },
    plan: { ...plan, students: students + 1 },
    ...{ bestOnTest: { ...score(0.911), rate: 0.123 }, sound: pair(0.89), good: pair(0.905) },
    all: pair(0.1),
  };
  return { run, brain };
}

function studentOf(
  index: number,
  students: number,
  experiment: 'linear' | 'mnist',
): ParticipantResults {
  const rate = rateAt(RANGE.from, RANGE.to, index / Math.max(1, students - 1));
  const data = { experiment: 'linear', points: WORKSHOP } as const;
  const training = new Training(LINE, createLearner(LINE, rate, data, null));
  training.advance(LINE.steps, () => false);
  const { divergedAt } = training;
  const every = experiment === 'linear' ? 1 : DIGITS.steps / LINE.steps;
  return {
    ...{ index, simulated: false, rank: null, rate, divergedAt, verdict: 'verified' },
    name: `${String(index)} Wilhelmina Maximilian`.slice(0, 24),
    state: divergedAt === null ? 'done' : 'diverged',
    ...{ bet: 'tooHigh', outcome: 'tooHigh', betPoints: 2 },
    losses: Array.from(training.losses.slice(0), (loss, k) => ({
      ...{ steps: Math.round((k + 1) * every), loss, seconds: k },
    })),
    evaluations: experiment === 'linear' ? [] : [{ steps: 200, loss: 0.3, accuracy: 0.912 }],
  };
}
