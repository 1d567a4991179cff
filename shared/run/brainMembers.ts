import { BRAIN_BUDGET } from '../limits.ts';
import { trainingCost } from './cost.ts';
import { reportingGrid, stepsClosed, type RunSettings } from './settings.ts';

/** One model of the class brain: a learning rate, and so everybody who has trained with it. */
export interface BrainMember {
  rate: number;
  /** Who has the same rate has trained the same model, bit for bit. */
  students: number;
  /** The step at which it diverged, or null. */
  divergedAt: number | null;
  /** Whether the rate was judged to be a good one. */
  isGood: boolean;
}

/** What the class brain of a run is made of: enough to compute it anywhere, to the same bits. */
export interface BrainPlan {
  /** Number of the run. */
  run: number;
  /** Steps that every model has done which did not diverge before. */
  steps: number;
  /** The rate of the best student. */
  best: number;
  /** From the lowest rate on: the order in which their parameters are added up. */
  members: BrainMember[];
  /** Students who could be counted; more than those of the members where there is a sample. */
  students: number;
}

/** What decides whether a student's model is one of the class brain's. */
export interface BrainStudent {
  rate: number | null;
  /** Reporting windows that have come. */
  windows: number;
  divergedAt: number | null;
  isRefuted: boolean;
  isGood: boolean;
}

/**
 * What the class brain of a run that is over is made of: whoever came as far as the class is
 * compared, and whoever diverged before. Null where nobody has arrived anywhere without diverging.
 * @param arrived windows at which everybody is compared
 * @param ranked everybody, the best first
 */
export function brainPlanOf(
  { number, settings, arrived }: { number: number; settings: RunSettings; arrived: number },
  ranked: readonly BrainStudent[],
): BrainPlan | null {
  const students = ranked.flatMap(({ rate, windows, divergedAt, isRefuted, isGood }) => {
    const came = divergedAt !== null || windows >= arrived;
    return rate === null || !came || isRefuted ? [] : { rate, divergedAt, isGood };
  });
  const best = students.find(({ divergedAt }) => divergedAt === null)?.rate;
  if (arrived === 0 || best === undefined) return null;
  const steps = stepsClosed(reportingGrid(settings.steps), arrived);
  const members = affordable(membersOf(students), best, settings, steps);
  return { run: number, steps, best, members, students: students.length };
}

/** Every learning rate once, from the lowest on, with all who have it. */
export function membersOf(students: Iterable<Omit<BrainMember, 'students'>>): BrainMember[] {
  const byRate = new Map<number, BrainMember>();
  for (const { rate, divergedAt, isGood } of students) {
    const before = byRate.get(rate);
    if (before) before.students += 1;
    else byRate.set(rate, { rate, students: 1, divergedAt, isGood });
  }
  return [...byRate.values()].sort((a, b) => a.rate - b.rate);
}

/**
 * The members that can be computed within the budget: all of them, or some that are evenly spread
 * over the learning rates, the lowest, the highest and the best rate among them.
 */
export function affordable(
  members: readonly BrainMember[],
  best: number,
  settings: RunSettings,
  steps: number,
  budget = BRAIN_BUDGET,
): BrainMember[] {
  const cost = (all: readonly BrainMember[]) =>
    all.reduce((sum, member) => sum + trainingCost(settings, member.divergedAt ?? steps, 1), 0);
  for (let count = members.length; ; count--) {
    const chosen = spread(members, count, best);
    if (count <= FEWEST || cost(chosen) <= budget) return chosen;
  }
}

/** Fewer models are no class. */
const FEWEST = 3;

function spread(members: readonly BrainMember[], count: number, best: number): BrainMember[] {
  if (count >= members.length) return [...members];
  const places = Array.from({ length: count }, (_, k) =>
    Math.round((k * (members.length - 1)) / Math.max(1, count - 1)),
  );
  const leader = members.findIndex(({ rate }) => rate === best);
  if (leader >= 0 && !places.includes(leader)) {
    // In the place of the one next to it, but not of an end.
    const inner = places.slice(1, -1);
    const distance = (place: number) => Math.abs(place - leader);
    const next = inner.reduce((a, b) => (distance(b) < distance(a) ? b : a), inner[0]!);
    places[places.indexOf(next)] = leader;
  }
  return places.sort((a, b) => a - b).map((place) => members[place]!);
}
