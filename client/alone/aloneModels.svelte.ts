import type { Mistakes, Picture, Samples, WorkerNews } from '../worker/messages.ts';
import { WorkerPool } from '../worker/workerPool.ts';
import { SupervisedWorker } from '../worker/supervised.ts';
import type { Clock } from '../../shared/clock.ts';
import { MAX_ALONE_WORKERS } from '../../shared/limits.ts';
import { freeProcessors } from './freeProcessors.ts';
import { savedModel, type SavedModel } from '../../shared/run/savedModel.ts';
import type { RunSettings } from '../../shared/run/settings.ts';

/** What is on the charts; the rest is shown as it is. */
export type ChartNews = Extract<
  WorkerNews,
  { type: 'losses' | 'evaluations' | 'diverged' | 'picture' }
>;

/** The run that all of them train, each with its own learning rate. */
interface Trained {
  run: number;
  settings: RunSettings;
  rates: readonly number[];
}

/** The models of a browser alone, which share a few workers. Whoever makes them ends them. */
export class AloneModels {
  /** By model: what it has learnt, as of the last `picture`. */
  readonly pictures = new Map<number, Picture>();
  samples = $state.raw<Samples | null>(null);
  loading = $state.raw<{ loaded: number; total: number; interrupted: boolean } | null>(null);
  failed = $state<'data' | 'internal' | null>(null);
  /** By model: the probability of each digit for the one that was drawn. */
  readings = $state.raw<ReadonlyMap<number, Float32Array | null>>(new Map());
  /** By model: what it gets wrong of the test images, once it was examined. */
  mistakes = $state.raw<ReadonlyMap<number, Mistakes>>(new Map());
  private readonly workers: SupervisedWorker[] = [];
  private readonly pool = new WorkerPool(
    () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
    Math.min(MAX_ALONE_WORKERS, freeProcessors()),
  );
  private readonly examined = new Set<number>();
  private trained: Trained | null = null;
  /** The digit on the pad, which the models of a next run read as well. */
  private drawn: Uint8Array | null = null;

  constructor(
    private readonly hear: (index: number, news: ChartNews) => void,
    /** Steps of the present run whose losses are known. */
    private readonly stepsDone: (index: number) => number,
  ) {}

  /** Another run is to come: what was known of the one before is forgotten. */
  forget(): void {
    this.trained = null;
    this.pictures.clear();
    this.examined.clear();
    this.samples = null;
    this.loading = null;
    this.failed = null;
    this.readings = new Map();
    this.mistakes = new Map();
    for (const worker of this.workers) worker.tell({ type: 'halt' });
  }

  begin(run: number, settings: RunSettings, rates: readonly number[]): void {
    this.trained = { run, settings, rates };
    rates.forEach((rate, index) => {
      this.worker(index).tell({
        type: 'run',
        run,
        settings: { ...settings, init: { ...settings.init } },
        rate,
        doneBefore: 0,
        dataUrl: new URL('data/mnist/', document.baseURI).href,
      });
    });
    if (this.drawn) this.draw(this.drawn);
  }

  /** @param share of the time that each may compute */
  follow(clock: Clock, share: number): void {
    for (const worker of this.present) worker.tell({ type: 'clock', clock, offset: 0, share });
  }

  /** Has all of them read a digit of 784 bytes, now and whenever they have learnt; null for none. */
  draw(pixels: Uint8Array | null): void {
    this.drawn = pixels;
    if (!pixels) this.readings = new Map();
    for (const worker of this.present) worker.tell({ type: 'draw', pixels });
  }

  /** Asks once what a model mistakes; `mistakes` says it, when there is nothing to train. */
  examine(index: number): void {
    const worker = this.present[index];
    if (!worker || this.examined.has(index)) return;
    this.examined.add(index);
    worker.tell({ type: 'examine' });
  }

  /** A model as it is now; null where its worker does not say. */
  async takeHome(index: number): Promise<SavedModel | null> {
    const { trained } = this;
    const rate = trained?.rates[index];
    if (!trained || rate === undefined) return null;
    const model = await this.worker(index).model(trained.run);
    return model && savedModel(trained.settings, rate, model, model.parameters);
  }

  end(): void {
    for (const worker of this.workers) worker.end();
  }

  /** Those that train the present run. */
  private get present(): SupervisedWorker[] {
    return this.workers.slice(0, this.trained?.rates.length ?? 0);
  }

  private worker(index: number): SupervisedWorker {
    return (this.workers[index] ??= new SupervisedWorker(
      () => this.pool.line(),
      (news) => this.take(index, news),
      () => this.stepsDone(index),
    ));
  }

  private take(index: number, news: WorkerNews): void {
    if (news.run !== this.trained?.run) return;
    switch (news.type) {
      case 'picture':
        this.pictures.set(index, news.picture);
        this.hear(index, news);
        break;
      case 'losses':
      case 'evaluations':
      case 'diverged':
        this.hear(index, news);
        break;
      case 'samples':
        this.samples ??= news.samples;
        break;
      case 'loading':
        // All of them load the same.
        if (index === 0) this.loading = news.loaded < news.total ? news : null;
        break;
      case 'reading':
        this.readings = new Map(this.readings).set(index, news.probabilities);
        break;
      case 'mistakes':
        this.mistakes = new Map(this.mistakes).set(index, news.mistakes);
        break;
      case 'failed':
        this.failed = news.reason;
        break;
      case 'filters':
      case 'silence':
      case 'progress':
      case 'readable':
    }
  }
}
