import type { RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView, SessionView } from '../../shared/protocol/views.ts';
import { reportingGrid, stepsClosed } from '../../shared/run/settings.ts';
import type { ChartSession } from '../charts/chartSession.ts';
import { Board } from '../live/board.ts';
import { runViewOf } from './pastRun.ts';
import { presentRun } from './presentRun.ts';
import { differing, momentOf } from './replayedRun.ts';
import type { FromReplay, ToReplay } from './replayMessages.ts';

/**
 * A run that is over, at any of its steps: what charts show of it as of a live one. Its curves are
 * computed again from the learning rates, in a worker; results on the test data are the recorded
 * ones. Whoever makes it ends it.
 */
export class ReplaySession implements ChartSession {
  readonly board = new Board();
  readonly view: SessionView;
  participants = $state.raw<ReadonlyMap<number, ParticipantView>>(new Map());
  version = $state(0);
  step = $state(0);
  /** Learning rates that are computed, of so many. */
  done = $state(0);
  readonly rates: number[];
  /** Steps that the run came to. */
  readonly steps: number;
  failed = $state(false);
  /** Students whose recorded curve is another one; null before all are computed. */
  differing = $state.raw<string[] | null>(null);

  private readonly curves = new Map<number, Float32Array>();
  private readonly worker: Worker;
  /** The run under the names that its students have now, without those who have left. */
  private present: RunResult;

  constructor(
    readonly code: string,
    private readonly result: RunResult,
  ) {
    this.present = result;
    const run = runViewOf(result);
    const furthest = Math.max(0, ...result.participants.map(({ losses }) => losses.length));
    this.steps = stepsClosed(reportingGrid(run.settings.steps), furthest);
    this.rates = [...new Set(result.participants.flatMap(({ rate }) => rate ?? []))];
    this.view = {
      ...{
        code,
        phase: 'paused',
        locked: true,
        pseudonyms: null,
        reportEvery: 0,
        run,
        unsavedSince: null,
        unattended: false,
      },
    };
    this.board.follow(run);
    this.step = this.steps;
    this.worker = new Worker(new URL('./replayWorker.ts', import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromReplay>) =>
      this.take(data),
    );
    this.worker.addEventListener('error', () => (this.failed = true));
    this.worker.postMessage({
      settings: run.settings,
      rates: this.rates,
      steps: this.steps,
      dataUrl: new URL('data/mnist/', document.baseURI).href,
    } satisfies ToReplay);
  }

  serverNow(): number {
    return Date.now();
  }

  end(): void {
    this.worker.terminate();
  }

  /** Takes the names, and who is there at all, from the class as it is now. */
  know(people: ReadonlyMap<number, ParticipantView>): void {
    const present = presentRun(this.result, people);
    if (roll(present) === roll(this.present)) return;
    this.present = present;
    if (this.differing) this.differing = differing(present, this.curves);
    this.show(this.step);
  }

  /** Goes to where everybody had done `step` steps, forwards or backwards. */
  show(step: number): void {
    this.step = Math.min(Math.max(0, Math.round(step)), this.steps);
    const moment = momentOf(this.present, this.curves, this.step);
    this.board.clear();
    for (const [index, column] of moment.columns) this.board.losses.set(index, column);
    for (const [index, column] of moment.times) this.board.times.set(index, column);
    for (const [index, column] of moment.evaluations) this.board.evaluations.set(index, column);
    this.board.standings = moment.standings;
    this.participants = new Map(moment.participants.map((each) => [each.index, each]));
    this.version++;
  }

  private take(message: FromReplay): void {
    switch (message.type) {
      case 'losses':
        this.curves.set(message.rate, message.losses);
        this.done = this.curves.size;
        this.show(this.step);
        break;
      case 'done':
        this.differing = differing(this.present, this.curves);
        break;
      case 'failed':
        this.failed = true;
    }
  }
}

/** Who is in a run, under which names. */
function roll({ participants }: RunResult): string {
  return JSON.stringify(participants.map(({ index, name }) => [index, name]));
}
