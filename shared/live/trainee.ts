import { nextStepAt, secondsGone, targetStep, type Clock } from '../clock.ts';
import type { Training } from '../run/training.ts';

/** Takes what a training has newly computed. */
export interface Sink {
  losses(from: number, values: Float32Array): void;
  evaluations(from: number, values: Float32Array): void;
  diverged(atStep: number): void;
}

/**
 * A training that follows the common clock: behind, it catches up as fast as it can; level, it
 * waits. The browser's worker and the simulated students are both this.
 */
export class Trainee {
  private clock: Clock | null = null;
  private sentLosses = 0;
  private sentEvaluations = 0;
  private saidDiverged = false;

  /** @param doneBefore steps that are known to have been done once, and are done again whatever the clock says */
  constructor(
    readonly training: Training,
    private readonly sink: Sink,
    private readonly doneBefore = 0,
  ) {}

  follow(clock: Clock): void {
    this.clock = clock;
  }

  /**
   * Trains towards the clock's step, for as long as `stop` lets it, and hands over what is new.
   * @param now the server's time in ms
   * @returns ms until there is work again: 0 at once, null when only a message can bring some
   */
  work(now: number, stop: () => boolean): number | null {
    if (!this.clock) return null;
    const { training } = this;
    const target = targetStep(this.clock, now, training.stepsDone, training.settings.steps);
    const more = training.advance(Math.max(target, this.doneBefore), stop);
    this.handOver();
    if (more) return 0;
    if (training.isFinished) return null;
    const next = nextStepAt(this.clock, now);
    return next === null ? null : Math.max(1, next - now);
  }

  /** Whether all steps are done that the clock asks for at server time `now`; not before there is one. */
  isLevel(now: number): boolean {
    const { training, clock } = this;
    if (!clock) return false;
    const target = targetStep(clock, now, training.stepsDone, training.settings.steps);
    return training.stepsDone >= Math.max(target, this.doneBefore);
  }

  /** Seconds of the run that have gone by at server time `now`; 0 before there is a clock. */
  secondsGone(now: number): number {
    const { clock, training } = this;
    return clock ? secondsGone(clock, now, training.settings.steps) : 0;
  }

  private handOver(): void {
    const { losses, evaluations, divergedAt } = this.training;
    if (losses.length > this.sentLosses) {
      this.sink.losses(this.sentLosses, losses.slice(this.sentLosses).slice());
      this.sentLosses = losses.length;
    }
    if (evaluations.length > this.sentEvaluations) {
      this.sink.evaluations(this.sentEvaluations, evaluations.slice(this.sentEvaluations).slice());
      this.sentEvaluations = evaluations.length;
    }
    if (divergedAt !== null && !this.saidDiverged) {
      this.saidDiverged = true;
      this.sink.diverged(divergedAt);
    }
  }
}
