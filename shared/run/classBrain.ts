import { ParameterMean } from '../model/average.ts';
import { Ballot } from '../model/ballot.ts';
import type { Classifier } from '../model/classifier.ts';
import { createClassifier } from '../model/createClassifier.ts';
import { largest } from '../model/crossEntropy.ts';
import type { KernelSpace } from '../model/kernelSpace.ts';
import type { BrainMember, BrainPlan } from './brainMembers.ts';
import { ClassifierLearner } from './learner.ts';
import { Scores, type Score } from './score.ts';
import type { ClassifierSettings } from './settings.ts';
import type { Examples } from '../data/examples.ts';

/** What many models amount to together, on the test examples. */
export interface Together {
  average: Score;
  vote: Score;
}

export interface ClassBrainResult {
  kind: 'classifier';
  plan: BrainPlan;
  /** Of each member, in the plan's order: the share of the test examples that it gets right. */
  accuracies: number[];
  /** The mean of these, a member counting as often as students have it; the diverged are left out. */
  mean: number;
  /** Of the lowest training loss, by which the class is ranked. */
  best: Score;
  /** Of the model that gets most test examples right, which may be another one. */
  bestOnTest: Score & { rate: number };
  /** Without the diverged models. */
  sound: Together;
  /** Of the good learning rates alone; null where these are all, or fewer than two. */
  good: Together | null;
  /** With all of them; null where none has diverged. */
  all: Together | null;
}

/** The models that are taken together: of good rates, of all that have not diverged, and simply all. */
type Group = 'good' | 'sound' | 'all';

/** How the models and examples are had: the examples may be shared, the space lasts for one model. */
export interface BrainSource {
  settings: ClassifierSettings;
  train: Examples;
  test: Examples;
  /** Memory in which the kernels compute; null where the readable code does. */
  space: () => KernelSpace | null;
}

/**
 * The class brain of classifiers: every member's model is trained again from its learning rate, its
 * parameters are averaged with the others' and its answers counted as votes. Done in pieces as small
 * as the caller likes; what comes out does not depend on how it was cut.
 */
export class ClassBrain {
  /** The parameters of each member, as far as they are computed. */
  readonly models: Float32Array[][] = [];
  private readonly accuracies: number[] = [];
  private readonly means: Record<Group, ParameterMean>;
  private readonly ballots: Record<Group, Ballot>;
  private best: Score | null = null;
  private bestOnTest: (Score & { rate: number }) | null = null;
  private current: MemberTraining | null = null;

  constructor(
    private readonly plan: BrainPlan,
    private readonly source: BrainSource,
  ) {
    const { test } = source;
    const { classes } = createClassifier(source.settings, null);
    const ballot = () => new Ballot(test.capacity, classes);
    this.means = {
      ...{ good: new ParameterMean(), sound: new ParameterMean(), all: new ParameterMean() },
    };
    this.ballots = { good: ballot(), sound: ballot(), all: ballot() };
  }

  /** Members that are done. */
  get done(): number {
    return this.models.length;
  }

  /** The averaged parameters of those that have not diverged; null while there are none. */
  get parameters(): Float32Array[] | null {
    return this.means.sound.narrow;
  }

  /**
   * Goes on until `stop`, asked after each small piece, says so.
   * @returns what came out, or null before; 'none' where every model has diverged
   */
  advance(stop: () => boolean): ClassBrainResult | 'none' | null {
    const { members, steps } = this.plan;
    for (;;) {
      const member = members[this.models.length];
      if (!member) return this.result();
      this.current ??= new MemberTraining(member, steps, this.source);
      const finished = this.current.advance(stop);
      if (!finished) return null;
      this.current = null;
      this.take(member, finished.model, finished.guesses);
      if (stop()) return null;
    }
  }

  private take(member: BrainMember, parameters: Float32Array[], guesses: Uint8Array): void {
    const { rate, students, divergedAt, isGood } = member;
    this.models.push(parameters);
    const groups: Group[] = ['all'];
    if (divergedAt === null) groups.push('sound');
    if (divergedAt === null && isGood) groups.push('good');
    for (const group of groups) {
      this.means[group].add({ parameters, students });
      this.ballots[group].add(guesses, students);
    }
    const score = this.scored((i) => guesses[i]!);
    this.accuracies.push(score.accuracy);
    if (divergedAt !== null) return;
    if (rate === this.plan.best) this.best = score;
    if (score.accuracy > (this.bestOnTest?.accuracy ?? -1)) this.bestOnTest = { ...score, rate };
  }

  private result(): ClassBrainResult | 'none' {
    const { plan, accuracies, best, bestOnTest } = this;
    const sound = this.together('sound');
    if (!sound || !best || !bestOnTest) return 'none';
    let right = 0;
    plan.members.forEach(({ students, divergedAt }, k) => {
      if (divergedAt === null) right += students * accuracies[k]!;
    });
    return {
      kind: 'classifier',
      plan,
      accuracies,
      mean: right / this.means.sound.students,
      best,
      bestOnTest,
      sound,
      good: this.isGoodApart() ? this.together('good') : null,
      all: this.means.sound.students < this.means.all.students ? this.together('all') : null,
    };
  }

  /** An average of one model would be that model, and one of all good rates that of all. */
  private isGoodApart(): boolean {
    const sound = this.plan.members.filter(({ divergedAt }) => divergedAt === null);
    const good = sound.filter(({ isGood }) => isGood).length;
    return good > 1 && good < sound.length;
  }

  private together(which: Group): Together | null {
    const parameters = this.means[which].narrow;
    if (!parameters) return null;
    const { settings, test, space } = this.source;
    const kernels = space();
    const model = createClassifier(settings, kernels, parameters);
    while (model.prepare(test));
    const guess = guesser(model, test);
    const ballot = this.ballots[which];
    return { average: this.scored(guess), vote: this.scored((i) => ballot.winner(i)) };
  }

  private scored(guess: (example: number) => number): Score {
    const { labels, capacity } = this.source.test;
    return new Scores(labels, capacity).of(guess);
  }
}

/** One member's training, and then its answers to the test examples. */
class MemberTraining {
  private readonly learner: ClassifierLearner;
  private readonly target: number;
  private readonly guess: (example: number) => number;
  private readonly guesses: Uint8Array;
  private done = 0;
  private answered = 0;

  constructor({ rate, divergedAt }: BrainMember, steps: number, source: BrainSource) {
    const { settings, train, test } = source;
    this.learner = new ClassifierLearner(settings, rate, train, test, source.space());
    // The parameters with which its loss left the range.
    this.target = divergedAt ?? steps;
    this.guess = guesser(this.learner.model, test);
    this.guesses = new Uint8Array(test.capacity);
  }

  /** The trained parameters and the answers, or null where `stop` said so before. */
  advance(stop: () => boolean): { model: Float32Array[]; guesses: Uint8Array } | null {
    const { learner, guesses, guess } = this;
    while (learner.prepare()) if (stop()) return null;
    while (this.done < this.target) {
      learner.step(this.done++);
      if (stop()) return null;
    }
    while (this.answered < guesses.length) {
      guesses[this.answered] = guess(this.answered);
      this.answered += 1;
      if (stop()) return null;
    }
    return { model: learner.parameters.map((values) => values.slice()), guesses };
  }
}

function guesser(model: Classifier, test: Examples): (example: number) => number {
  const probabilities = new Float32Array(model.classes);
  return (example) => {
    model.classify(test, example, probabilities);
    return largest(probabilities);
  };
}
