import { NO_ANSWER, type Answered } from '../../../shared/live/answer.ts';
import { Column } from '../../../shared/live/column.ts';
import { TIMING } from '../../../shared/limits.ts';
import type { EvaluationReport, LossReport } from '../../../shared/protocol/events.ts';

/** Reporting windows of the run that it holds. */
export const WINDOWS = 60;

export type Fault = 'none' | 'lostReport' | 'lostAnswer' | 'internal' | 'wrong_phase';

/** A server that holds columns as the real one does, and fails as it is told to. */
export class FaultyServer {
  losses = new Column(WINDOWS);
  evaluations = new Column(5, 2);
  divergedAt: number | null = null;
  readonly reports: LossReport[] = [];
  readonly sentAt: number[] = [];
  faults: Fault[] = [];

  take(report: LossReport): Promise<Answered<{ held: number }>> {
    this.reports.push(report);
    this.sentAt.push(Date.now());
    return this.answer(() => {
      if (this.divergedAt === null && this.losses.append(report.from, report.losses) === null) {
        return { ok: false, code: 'gap', held: this.losses.length };
      }
      this.divergedAt ??= report.divergedAt ?? null;
      return { ok: true, held: this.losses.length };
    });
  }

  evaluate(report: EvaluationReport): Promise<Answered<{ held: number }>> {
    return this.answer(() => {
      const pairs = report.losses.flatMap((loss, k) => [loss, report.accuracies[k]!]);
      if (this.evaluations.append(report.from, pairs) === null) {
        return { ok: false, code: 'gap', held: this.evaluations.length };
      }
      return { ok: true, held: this.evaluations.length };
    });
  }

  /** The server was restarted and remembers only the first `held` losses. */
  forget(held: number): void {
    const kept = new Column(WINDOWS);
    kept.append(0, this.losses.slice(0, held));
    this.losses = kept;
    this.evaluations = new Column(5, 2);
    this.divergedAt = null;
  }

  private async answer(act: () => Answered<{ held: number }>): Promise<Answered<{ held: number }>> {
    const fault = this.faults.shift() ?? 'none';
    switch (fault) {
      case 'none':
        return act();
      case 'lostAnswer':
        act();
        break;
      case 'lostReport':
        break;
      default:
        return { ok: false, code: fault };
    }
    await new Promise((resolve) => setTimeout(resolve, TIMING.ackTimeout));
    return { ok: false, code: NO_ANSWER };
  }
}
