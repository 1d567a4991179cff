import { randomBytes } from 'node:crypto';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import { Reporter } from '../../../shared/live/reporter.ts';
import {
  PROTOCOL_VERSION,
  type EvaluationReport,
  type LossReport,
  type StudentWelcome,
} from '../../../shared/protocol/events.ts';
import type { ParticipantView, SessionView } from '../../../shared/protocol/views.ts';
import { createLearner } from '../../../shared/run/learner.ts';
import { windowEnd } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';
import { LeanSocket } from './leanSocket.ts';
import { now } from './now.ts';

/** A run recorded before it is reported, so that training costs nothing while the class is measured. */
interface Recorded {
  training: Training;
  reporter: Reporter;
  /** When each window first left this student, by `now()`; 0 before. */
  sentAt: Float64Array;
  /** When each was handed to the reporter. */
  closedAt: Float64Array;
  /** Server time at which step 0 is due, and milliseconds a step takes. */
  at: number;
  stepMs: number;
  /** Windows handed to the reporter so far. */
  closed: number;
}

/** A student that joins, records its own run with the shared training code, and reports it by the clock. */
export class BenchStudent {
  index = -1;
  joinMs = NaN;
  recorded: Recorded | null = null;
  private readonly socket: LeanSocket;
  private rate: number | null = null;
  private bytesBefore = 0;

  /**
   * @param from the address of its classroom
   * @param lag milliseconds by which this device is behind the clock
   */
  constructor(
    url: string,
    private readonly code: string,
    private readonly name: string,
    private readonly lag: number,
    from: string,
    private readonly told: { joined(): void; failed(reason: string): void },
  ) {
    const begun = now();
    this.socket = new LeanSocket(
      url,
      from,
      ['session', 'roster'],
      (event, message) => this.hear(event, message),
      () => void this.join(begun),
      told.failed,
    );
  }

  get isDone(): boolean {
    const { recorded } = this;
    return recorded?.closed === recorded?.training.losses.length && !!recorded?.reporter.isSettled;
  }

  /** Bytes received since the run began. */
  get bytes(): number {
    return this.socket.bytesRead - this.bytesBefore;
  }

  /** Reports the windows that have closed by the server's time `serverNow`. */
  pass(serverNow: number): void {
    const { recorded } = this;
    if (!recorded) return;
    const { training, reporter, at, stepMs } = recorded;
    const from = recorded.closed;
    const due = (k: number) => at + windowEnd(training.grid, k) * stepMs + this.lag;
    while (recorded.closed < training.losses.length && due(recorded.closed) <= serverNow) {
      recorded.closedAt[recorded.closed] = now();
      recorded.closed += 1;
    }
    if (recorded.closed === from) return;
    reporter.addLosses(
      from,
      training.losses.slice(from, recorded.closed),
      (serverNow - at) / 1_000,
    );
    const { divergedAt } = training;
    if (divergedAt !== null && recorded.closed === training.losses.length) {
      reporter.diverge(divergedAt);
    }
  }

  close(): void {
    this.recorded?.reporter.stop();
    this.socket.close();
  }

  private async join(begun: number): Promise<void> {
    const secret = randomBytes(18).toString('base64url');
    const message = { version: PROTOCOL_VERSION, code: this.code, name: this.name, secret };
    const answer = await this.socket.request<StudentWelcome>('join', message);
    if (!answer.ok) {
      this.told.failed(answer.code);
      return;
    }
    this.joinMs = now() - begun;
    this.index = answer.index;
    this.hear('roster', answer.participants);
    this.told.joined();
  }

  private hear(event: string, message: unknown): void {
    if (event === 'session') {
      this.follow(message as SessionView);
      return;
    }
    for (const { index, rate } of message as ParticipantView[]) {
      if (index === this.index) this.rate = rate;
    }
  }

  private follow({ run, phase, reportEvery }: SessionView): void {
    if (phase === 'running' && this.recorded) this.bytesBefore = this.socket.bytesRead;
    if (this.recorded || run?.clock?.kind !== 'paced' || this.rate === null) return;
    const { settings, clock, number } = run;
    if (settings.experiment !== 'linear') throw new Error('only the perceptron is recorded');
    const data = { experiment: 'linear', points: WORKSHOP } as const;
    const training = new Training(settings, createLearner(settings, this.rate, data));
    training.advance(settings.steps, () => false);
    const { grid } = training;
    const sentAt = new Float64Array(grid.windows);
    const reporter = new Reporter({
      run: number,
      grid,
      evaluations: 0,
      every: reportEvery,
      send: {
        losses: (report: LossReport) => {
          const time = now();
          report.losses.forEach((_, k) => (sentAt[report.from + k] ||= time));
          return this.socket.request('losses', report);
        },
        evaluations: (report: EvaluationReport) => this.socket.request('evaluations', report),
      },
      after: (ms, fn) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    });
    const { at, stepsPerSecond } = clock;
    const closedAt = new Float64Array(grid.windows);
    const stepMs = 1_000 / stepsPerSecond;
    this.recorded = { training, reporter, sentAt, closedAt, at, stepMs, closed: 0 };
  }
}
