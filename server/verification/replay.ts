import { evaluationSteps, windowEnd, type RunSettings } from '../../shared/run/settings.ts';
import { createLearner } from '../../shared/run/learner.ts';
import { Training } from '../../shared/run/training.ts';
import type { Verdict } from '../../shared/protocol/views.ts';
import type { RunData } from '../data/runData.ts';
import type { Claim } from '../rooms/verifier.ts';

/**
 * A claim held against a training of its own, which goes exactly as far as the claim does. It ends
 * at the first value that differs: an invented curve costs less than an honest one.
 */
export class Replay {
  private readonly training: Training;
  private readonly evaluateAt: number[];
  /** Steps after which everything claimed can be compared. */
  private readonly target: number;
  private losses = 0;
  private evaluations = 0;

  /** @param claim its arrays may have been copied; they are only read */
  constructor(
    settings: RunSettings,
    private readonly claim: Omit<Claim, 'participant'>,
    { data, space }: RunData,
  ) {
    this.training = new Training(settings, createLearner(settings, claim.rate, data, space));
    this.evaluateAt = evaluationSteps(settings);
    this.target = this.claimedSteps();
  }

  /** Goes on until there is a verdict, or until `stop` says so: then null. */
  advance(stop: () => boolean): Verdict | null {
    const { training } = this;
    const goesOn = training.advance(this.target, stop);
    const atStep = this.firstDifference();
    if (atStep !== null) return { state: 'refuted', atStep };
    if (goesOn) return null;
    return this.isWhole() ? { state: 'verified' } : { state: 'refuted', atStep: this.ended() };
  }

  private claimedSteps(): number {
    const { losses, evaluations, divergedAt } = this.claim;
    const { grid } = this.training;
    // The step that left the range is tried, and not done.
    if (divergedAt !== null) return divergedAt + 1;
    const byLosses = losses.length > 0 ? windowEnd(grid, losses.length - 1) : 0;
    const byEvaluations = this.evaluateAt[evaluations.length / 2 - 1] ?? 0;
    return Math.max(byLosses, byEvaluations);
  }

  /** Steps done at the first value that is not the claimed one, among those that are new; else null. */
  private firstDifference(): number | null {
    const { training, claim } = this;
    let first: number | null = null;
    const until = Math.min(training.losses.length, claim.losses.length);
    for (; this.losses < until && first === null; this.losses++) {
      const same = Object.is(training.losses.at(this.losses), claim.losses[this.losses]);
      if (!same) first = windowEnd(training.grid, this.losses);
    }
    const evaluated = Math.min(training.evaluations.length, claim.evaluations.length / 2);
    for (; this.evaluations < evaluated; this.evaluations++) {
      const k = this.evaluations;
      const same = [0, 1].every((part) =>
        Object.is(training.evaluations.at(k, part), claim.evaluations[2 * k + part]),
      );
      if (same) continue;
      const atStep = this.evaluateAt[k]!;
      return first === null ? atStep : Math.min(first, atStep);
    }
    return first;
  }

  /** Whether the training has come as far as the claim says, and ended where it says. */
  private isWhole(): boolean {
    const { training, claim } = this;
    const ended = claim.divergedAt === null || claim.divergedAt === training.divergedAt;
    return (
      ended &&
      this.losses === claim.losses.length &&
      this.evaluations === claim.evaluations.length / 2
    );
  }

  /** Where the training and the claim part, when every value both of them have is the same. */
  private ended(): number {
    return this.training.divergedAt ?? this.claim.divergedAt ?? this.training.stepsDone;
  }
}
