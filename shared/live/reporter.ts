import { MAX_RUN_SECONDS, TIMING } from '../limits.ts';
import type { EvaluationReport, Held, LossReport } from '../protocol/events.ts';
import type { Grid } from '../run/settings.ts';
import { NO_ANSWER, type Answered } from './answer.ts';
import { Column } from './column.ts';
import { Outbox } from './outbox.ts';

export interface ReporterOptions {
  /** Number of the run whose values these are. */
  run: number;
  grid: Grid;
  /** Between two reports, in ms: `TIMING.report` where nothing is said. */
  every?: number;
  /** How many evaluations the run has; 0 where there are no test images. */
  evaluations: number;
  send: {
    losses(report: LossReport): Promise<Answered<{ held: number }>>;
    evaluations(report: EvaluationReport): Promise<Answered<{ held: number }>>;
  };
  /** Calls `fn` in `ms` milliseconds; the function returned cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** Between an answer that brought nothing further and the next attempt, in ms. */
const RETRY = 1_000;

/**
 * Brings the points of one student's run to the server, whatever the connection does: keeps them
 * all, sends what the server is not known to hold, a few reports a second at the most.
 */
export class Reporter {
  readonly losses: Column;
  /** Seconds of the run that had gone by when each loss was there. */
  readonly times: Column;
  /** (loss, accuracy) pairs. */
  readonly evaluations: Column;
  private readonly lossOutbox: Outbox;
  private readonly evaluationOutbox: Outbox;
  private divergedStep: number | null = null;
  private divergenceTold = false;
  private isConnected = true;
  private isStopped = false;
  /** Answers to reports of an earlier connection say nothing about the present one. */
  private connection = 0;
  private lossesUnderWay = false;
  private cancelWait: (() => void) | null = null;

  constructor(private readonly options: ReporterOptions) {
    this.losses = new Column(options.grid.windows);
    this.times = new Column(options.grid.windows);
    this.evaluations = new Column(options.evaluations, 2);
    this.lossOutbox = new Outbox(this.losses, Math.max(1, options.grid.windows));
    this.evaluationOutbox = new Outbox(this.evaluations, Math.max(1, options.evaluations));
  }

  /** The step at which the run left, or null. */
  get divergedAt(): number | null {
    return this.divergedStep;
  }

  /** The server holds everything that is known here. */
  get isSettled(): boolean {
    return this.lossOutbox.isEmpty && this.evaluationOutbox.isEmpty && !this.owesDivergence;
  }

  /**
   * @param seconds of the run that have gone by
   * @throws RangeError when values before `from` are missing or the run has no such window
   */
  addLosses(from: number, values: ArrayLike<number>, seconds: number): void {
    if (this.losses.append(from, values) === null) throw new RangeError('losses are missing');
    const time = Math.min(seconds, MAX_RUN_SECONDS);
    while (this.times.length < this.losses.length) this.times.push(time);
    this.pump();
  }

  /**
   * @param values (loss, accuracy) pairs
   * @throws RangeError as `addLosses` does
   */
  addEvaluations(from: number, values: ArrayLike<number>): void {
    if (this.evaluations.append(from, values) === null) {
      throw new RangeError('evaluations are missing');
    }
    this.pump();
  }

  /** The run left at step `atStep`: no loss follows. */
  diverge(atStep: number): void {
    this.divergedStep = atStep;
    this.pump();
  }

  /** After a resume: the server says what it holds, which may be less than it once acknowledged. */
  settle(held: Held): void {
    this.forgetUnderWay();
    this.lossOutbox.settle(held.losses);
    this.evaluationOutbox.settle(held.evaluations);
    this.divergenceTold = false;
    this.pump();
  }

  /** While not connected nothing is sent and everything is kept. */
  connected(isConnected: boolean): void {
    if (isConnected === this.isConnected) return;
    this.isConnected = isConnected;
    this.forgetUnderWay();
    this.pump();
  }

  /** Nothing is sent any more. */
  stop(): void {
    this.isStopped = true;
    this.forgetUnderWay();
  }

  private get owesDivergence(): boolean {
    return this.divergedStep !== null && !this.divergenceTold;
  }

  private forgetUnderWay(): void {
    this.connection++;
    this.lossesUnderWay = false;
    this.lossOutbox.giveUp();
    this.evaluationOutbox.giveUp();
    this.cancelWait?.();
    this.cancelWait = null;
  }

  /** Sends what there is, unless the last report is too recent. */
  private pump(): void {
    if (this.cancelWait || !this.isConnected || this.isStopped) return;
    const losses = this.sendLosses();
    const evaluations = this.sendEvaluations();
    if (losses || evaluations) this.wait(this.options.every ?? TIMING.report);
  }

  private wait(ms: number): void {
    this.cancelWait?.();
    this.cancelWait = this.options.after(ms, () => {
      this.cancelWait = null;
      this.pump();
    });
  }

  private sendLosses(): boolean {
    if (this.lossesUnderWay) return false;
    const batch = this.lossOutbox.take();
    if (!batch && !this.owesDivergence) return false;
    this.lossesUnderWay = true;
    const report: LossReport = {
      run: this.options.run,
      from: batch?.from ?? this.losses.length,
      losses: batch?.values ?? [],
    };
    if (batch) report.seconds = this.secondsOf(batch);
    const tells = this.divergedStep !== null;
    if (this.divergedStep !== null) report.divergedAt = this.divergedStep;
    void this.deliver(this.lossOutbox, report.from, this.options.send.losses(report), {
      answered: () => (this.lossesUnderWay = false),
      accepted: () => (this.divergenceTold ||= tells),
    });
    return true;
  }

  /** When the first and the last loss of a report were there, to a hundredth. */
  private secondsOf({ from, values }: { from: number; values: number[] }): [number, number] {
    const first = this.times.at(from);
    const last = this.times.at(from + values.length - 1);
    return [Math.round(first * 100) / 100, Math.round(last * 100) / 100];
  }

  private sendEvaluations(): boolean {
    const batch = this.evaluationOutbox.take();
    if (!batch) return false;
    const { from, values } = batch;
    const report: EvaluationReport = {
      run: this.options.run,
      from,
      losses: values.filter((_, i) => i % 2 === 0),
      accuracies: values.filter((_, i) => i % 2 === 1),
    };
    void this.deliver(this.evaluationOutbox, from, this.options.send.evaluations(report));
    return true;
  }

  private async deliver(
    outbox: Outbox,
    from: number,
    sent: Promise<Answered<{ held: number }>>,
    then?: { answered(): void; accepted(): void },
  ): Promise<void> {
    const connection = this.connection;
    const answer = await sent;
    if (connection !== this.connection) return;
    then?.answered();
    if (answer.ok) {
      then?.accepted();
      outbox.settle(answer.held);
      // An answer without progress, repeated at full rate, would only keep both sides busy.
      if (!outbox.isEmpty && answer.held <= from) this.wait(RETRY);
      else this.pump();
      return;
    }
    switch (answer.code) {
      case 'gap':
        outbox.settle(answer.held ?? 0);
        if (answer.held === from) this.wait(RETRY);
        else this.pump();
        return;
      case NO_ANSWER:
        outbox.giveUp();
        this.pump();
        return;
      // The countdown of a fast clock, a server in trouble, or a place that is about to be resumed.
      case 'wrong_phase':
      case 'internal':
      case 'not_allowed':
        outbox.giveUp();
        this.wait(RETRY);
        return;
      case 'too_many_requests':
        outbox.giveUp();
        this.wait(answer.retryAfter ?? RETRY);
        return;
      default:
        this.stop();
    }
  }
}
