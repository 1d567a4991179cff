import { MAX_EVALUATIONS } from '../limits.ts';
import { Column } from '../live/column.ts';
import type { Tally } from '../model/classifier.ts';
import type { Learner } from './learner.ts';
import {
  evaluationSteps,
  reportingGrid,
  windowEnd,
  type Grid,
  type RunSettings,
} from './settings.ts';

/** A loss above this has left the range that a chart can show: the run counts as diverged. */
export const DIVERGENCE_LOSS = 1e6;

/**
 * A run of one learning rate, from its first step on. It moves only forward, in pieces as small as
 * the caller likes, and what it computes does not depend on how it was cut into pieces.
 */
export class Training {
  readonly grid: Grid;
  /** Mean loss of each closed reporting window. */
  readonly losses: Column;
  /** (mean loss, accuracy) on the test examples at each of `evaluationSteps`. */
  readonly evaluations: Column;
  /** The first step whose loss left the range, or null. Nothing is trained after it. */
  divergedAt: number | null = null;

  private done = 0;
  private windowSum = 0;
  private windowSteps = 0;
  private tally: (Tally & { examples: number }) | null = null;

  constructor(
    readonly settings: RunSettings,
    private readonly learner: Learner,
    grid = reportingGrid(settings.steps),
    /** Steps done at each evaluation; empty where only the losses are wanted. */
    private readonly evaluateAt: readonly number[] = evaluationSteps(settings),
  ) {
    this.grid = grid;
    this.losses = new Column(grid.windows);
    this.evaluations = new Column(MAX_EVALUATIONS, 2);
  }

  /** Steps done so far. */
  get stepsDone(): number {
    return this.done;
  }

  /** All steps and evaluations are done, or the run has diverged. */
  get isFinished(): boolean {
    if (this.divergedAt !== null) return true;
    return this.done >= this.settings.steps && this.evaluations.length >= this.evaluateAt.length;
  }

  /**
   * Trains until `target` steps are done, the run has diverged, data is missing, or `stop` says so;
   * `stop` is asked after each small piece of work.
   * @returns whether there is more to do at once
   */
  advance(target: number, stop: () => boolean): boolean {
    for (;;) {
      if (!this.hasWork(target)) return false;
      if (!this.learner.prepare()) this.progress();
      if (stop()) return this.hasWork(target);
    }
  }

  private progress(): void {
    if (this.isEvaluationDue) this.evaluateSlice();
    else this.step();
  }

  private hasWork(target: number): boolean {
    if (this.divergedAt !== null) return false;
    if (this.isEvaluationDue) return this.learner.canEvaluate();
    return this.done < Math.min(target, this.settings.steps) && this.learner.canStep(this.done);
  }

  private get isEvaluationDue(): boolean {
    return this.evaluateAt[this.evaluations.length] === this.done;
  }

  private step(): void {
    const loss = Math.fround(this.learner.step(this.done));
    if (!(loss <= DIVERGENCE_LOSS)) {
      this.divergedAt = this.done;
      return;
    }
    this.done += 1;
    this.windowSum += loss;
    this.windowSteps += 1;
    if (this.done === windowEnd(this.grid, this.losses.length)) this.closeWindow();
  }

  private closeWindow(): void {
    this.losses.push(this.windowSum / this.windowSteps);
    this.windowSum = 0;
    this.windowSteps = 0;
  }

  private evaluateSlice(): void {
    const { testExamples, evaluationSlice } = this.learner;
    this.tally ??= { loss: 0, correct: 0, examples: 0 };
    const to = Math.min(this.tally.examples + evaluationSlice, testExamples);
    this.learner.evaluate(this.tally, this.tally.examples, to);
    this.tally.examples = to;
    if (to < testExamples) return;
    const { loss, correct } = this.tally;
    this.tally = null;
    // The last step may have ruined the parameters: the next one's loss would show it.
    if (!(loss / testExamples <= DIVERGENCE_LOSS)) {
      this.divergedAt = Math.min(this.done, this.settings.steps - 1);
    } else this.evaluations.push(loss / testExamples, correct / testExamples);
  }
}
