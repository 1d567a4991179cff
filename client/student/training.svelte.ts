import { untrack } from 'svelte';
import { TIMING } from '../../shared/limits.ts';
import { Reporter } from '../../shared/live/reporter.ts';
import type { Held } from '../../shared/protocol/events.ts';
import type { Chunk, Frame } from '../../shared/protocol/frame.ts';
import type { RunView } from '../../shared/protocol/views.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { savedModel, type SavedModel } from '../../shared/run/savedModel.ts';
import { evaluationSteps, reportingGrid, windowEnd } from '../../shared/run/settings.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import type {
  Filters,
  Mistakes,
  Picture,
  Samples,
  Silence,
  ToWorker,
  WorkerNews,
} from '../worker/messages.ts';
import { SupervisedWorker } from '../worker/supervised.ts';
import type { Keepsake } from './keepsake.svelte.ts';
import { noteRun } from './leftRuns.ts';

const NOTHING_HELD: Held = { losses: 0, evaluations: 0 };
/** How far a run under way has come is noted at most this often, in ms; at its end each time. */
const NOTE_MS = 1_000;

/** The run that this page trains, and the reporter that brings its points to the server. */
interface Current {
  run: number;
  settings: RunSettings;
  rate: number;
  reporter: Reporter;
}

/**
 * This student's own training: starts the worker when the session starts a run, keeps it on the
 * common clock, and reports. To be made while a component is set up; ends with it.
 */
export class StudentTraining {
  step = $state(0);
  /** Images loaded and needed, while some are missing; `interrupted` while the network is away. */
  loading = $state.raw<{ loaded: number; total: number; interrupted: boolean } | null>(null);
  samples = $state.raw<Samples | null>(null);
  picture = $state.raw<Picture | null>(null);
  /** What the model says of the drawn digit: the probability of each; null while nothing is drawn. */
  reading = $state.raw<Float32Array | null>(null);
  /** What the model of the digits looks for. */
  filters = $state.raw<Filters | null>(null);
  /** Null until it is known. */
  silence = $state.raw<Silence | null>(null);
  /** What the model gets wrong of the test images, once it has been examined. */
  mistakes = $state.raw<Mistakes | null>(null);
  /** The step at which the run left, or null. */
  divergedAt = $state<number | null>(null);
  failed = $state<'data' | 'internal' | null>(null);
  /** Trained by the readable code, since this browser cannot have the kernels. */
  isReadable = $state(false);

  private readonly worker = new SupervisedWorker(
    () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
    (message) => this.take(message),
    () => this.stepsReported(),
  );
  private current: Current | null = null;
  /** What the server said it holds when this student last took its place, and of which run. */
  private held: { run: number; held: Held } = { run: 0, held: NOTHING_HELD };
  private notedAt = -Infinity;

  constructor(
    private readonly session: LiveSession,
    /** Gets the model of a run that this page leaves. */
    private readonly keepsake: Keepsake,
  ) {
    session.onResume((held) => this.resume(held));
    $effect(() => this.follow());
    $effect(() => this.current?.reporter.connected(session.status.state === 'live'));
    $effect(() => () => {
      this.end();
      this.worker.end();
    });
  }

  /** Has the model read a digit of 784 bytes, now and whenever it has learnt; null for none. */
  readDrawn(pixels: Uint8Array | null): void {
    if (!pixels) this.reading = null;
    if (this.current) this.tell({ type: 'draw', pixels });
  }

  /** Asks which digits the model mistakes for which; `mistakes` says it, once training is over. */
  examine(): void {
    if (this.current) this.tell({ type: 'examine' });
  }

  /** The model as it is now, for its student to keep; null where the worker does not say. */
  async takeHome(): Promise<SavedModel | null> {
    if (!this.current) return null;
    const { run, settings, rate } = this.current;
    const model = await this.worker.model(run);
    return model && savedModel(settings, rate, model, model.parameters);
  }

  /** Brings the training in line with the session: begins a run, follows its clock, or ends it. */
  private follow(): void {
    const { view, me, status, offset, wakes } = this.session;
    // After a sleep the worker looks at the clock at once, whatever its timers do.
    void wakes;
    const run = view?.run;
    const rate = me?.rate ?? null;
    const leaves = status.state === 'ended' || status.state === 'refused';
    untrack(() => {
      if (leaves || !run?.clock) {
        this.end();
        return;
      }
      if (rate !== null && !this.isCurrent(run, rate)) this.begin(run, rate);
      if (this.current) this.tell({ type: 'clock', clock: run.clock, offset });
    });
  }

  private isCurrent(run: RunView, rate: number): boolean {
    const { current } = this;
    return (
      current?.run === run.number &&
      current.rate === rate &&
      current.settings.steps === run.settings.steps
    );
  }

  private begin(run: RunView, rate: number): void {
    this.end();
    const { number } = run;
    // The view is reactive state of the page; the worker is sent plain data.
    const settings = { ...run.settings, init: { ...run.settings.init } };
    const grid = reportingGrid(settings.steps);
    const held = this.held.run === number ? this.held.held : NOTHING_HELD;
    const reporter = new Reporter({
      run: number,
      grid,
      evaluations: evaluationSteps(settings).length,
      every: this.session.view?.reportEvery ?? TIMING.report,
      send: {
        losses: (report) => this.session.request('losses', report),
        evaluations: (report) => this.session.request('evaluations', report),
      },
      after: (ms, fn) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    });
    reporter.settle(held);
    reporter.connected(this.session.status.state === 'live');
    this.current = { run: number, settings, rate, reporter };
    this.tell({
      type: 'run',
      run: number,
      settings,
      rate,
      // What the server holds was done once, so a reload does it again whatever the clock says.
      doneBefore: held.losses > 0 ? windowEnd(grid, held.losses - 1) : 0,
      dataUrl: new URL('data/mnist/', document.baseURI).href,
    });
    if (settings.experiment === 'mnist') this.tell({ type: 'filters' });
  }

  private end(): void {
    if (!this.current) return;
    if (this.step > 0) void this.keep(this.current);
    this.current.reporter.stop();
    this.current = null;
    this.tell({ type: 'halt' });
    this.step = 0;
    this.loading = null;
    this.samples = null;
    this.picture = null;
    this.reading = null;
    this.mistakes = null;
    this.filters = null;
    this.silence = null;
    this.divergedAt = null;
    this.failed = null;
    this.isReadable = false;
  }

  /** Asked before the worker is told to halt: what it has learnt is then forgotten. */
  private async keep(left: Current): Promise<void> {
    this.note(left);
    const model = await this.takeHome();
    if (!model) return;
    // It may be further than the page had heard.
    this.note(left, model.step);
    this.keepsake.keep({ run: left.run, step: model.step, steps: left.settings.steps, model });
  }

  /** Browsers give up pages in the background, and a reload forgets: what the run was is stored. */
  private note({ run, settings, rate }: Current, step = this.step): void {
    const { self, code } = this.session;
    this.notedAt = performance.now();
    if (self) noteRun({ code, index: self.index, run, settings, rate, step });
  }

  /** The server has taken this student back: it says what it holds, and the board is empty. */
  private resume(held: Held): void {
    const run = this.session.view?.run?.number ?? 0;
    this.held = { run, held };
    if (this.current?.run !== run) return;
    const { reporter } = this.current;
    reporter.settle(held);
    reporter.connected(true);
    this.chartLosses(0, reporter.losses.slice(0));
    this.chartEvaluations(0, reporter.evaluations.slice(0));
  }

  private take(message: WorkerNews): void {
    const { current } = this;
    if (!current || message.run !== current.run) return;
    switch (message.type) {
      case 'losses':
        current.reporter.addLosses(message.from, message.losses, message.seconds);
        this.chartLosses(message.from, message.losses);
        break;
      case 'evaluations':
        current.reporter.addEvaluations(message.from, message.values);
        this.chartEvaluations(message.from, message.values);
        break;
      case 'diverged':
        this.divergedAt = message.atStep;
        current.reporter.diverge(message.atStep);
        break;
      case 'progress':
        this.progress(current, message.step);
        break;
      case 'loading':
        this.loading = message.loaded < message.total ? message : null;
        break;
      case 'samples':
        this.samples = message.samples;
        break;
      case 'picture':
        this.picture = message.picture;
        break;
      case 'reading':
        this.reading = message.probabilities;
        break;
      case 'mistakes':
        this.mistakes = message.mistakes;
        break;
      case 'filters':
        this.filters = message.filters;
        break;
      case 'silence':
        this.silence = message.silence;
        break;
      case 'readable':
        this.isReadable = true;
        break;
      case 'failed':
        this.failed = message.reason;
        break;
    }
  }

  private progress(current: Current, step: number): void {
    const isNews = step > 0 && step !== this.step;
    this.step = step;
    const isOver = this.session.view?.phase === 'finished' || step === current.settings.steps;
    if (isNews && (isOver || performance.now() - this.notedAt > NOTE_MS)) this.note(current);
  }

  /** Steps whose losses this page holds: a new worker does them again, whatever the clock says. */
  private stepsReported(): number {
    if (!this.current) return 0;
    const { losses } = this.current.reporter;
    const grid = reportingGrid(this.current.settings.steps);
    return losses.length > 0 ? windowEnd(grid, losses.length - 1) : 0;
  }

  /** Own points are on the chart at once, connected or not; their echo from the server adds nothing. */
  private chartLosses(from: number, values: Float32Array): void {
    const times = this.current?.reporter.times.slice(from, from + values.length);
    if (times) this.chart(from, values, (chunk) => ({ losses: [{ ...chunk, times }] }));
  }

  private chartEvaluations(from: number, values: Float32Array): void {
    this.chart(from, values, (chunk) => ({ evaluations: [chunk] }));
  }

  private chart(from: number, values: Float32Array, part: (chunk: Chunk) => Partial<Frame>): void {
    const { self } = this.session;
    if (!self || !this.current || values.length === 0) return;
    const frame = { run: this.current.run, losses: [], evaluations: [], standings: null };
    this.session.show({ ...frame, ...part({ participant: self.index, from, values }) });
  }

  private tell(message: ToWorker): void {
    this.worker.tell(message);
  }
}
