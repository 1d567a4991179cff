import type { RunView } from '../../shared/protocol/views.ts';
import type { Filters, Picture, Samples, Silence, WorkerNews } from '../worker/messages.ts';
import { SupervisedWorker } from '../worker/supervised.ts';

/** A model as it was at a step. */
export interface Observed {
  rate: number;
  step: number;
  picture: Picture | null;
  /** What it looks for, where that was asked for. */
  filters: Filters | null;
  /** Null until it is known, and where it was not asked for. */
  silence: Silence | null;
  /** On the test examples, at the last evaluation up to then; null before the first. */
  accuracy: number | null;
}

/**
 * A model of somebody else, computed on this page from the run's settings and the learning rate up
 * to a step: the same bits as on the student's own device. Whoever makes it ends it.
 */
export class ObservedModel {
  /** Steps that the model being computed has done. */
  progress = $state(0);
  /** What is shown: of the last model that has come to its step, at which step. */
  shown = $state.raw<Observed | null>(null);
  /** What the model says of the drawn digit. */
  reading = $state.raw<Float32Array | null>(null);
  failed = $state(false);
  samples = $state.raw<Samples | null>(null);

  private readonly worker = new SupervisedWorker(
    () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
    (message) => this.take(message),
    () => 0,
  );
  private watched: { run: number; rate: number; settings: string; step: number } | null = null;
  /** Numbers the models watched, so that a message of an earlier one is known. */
  private number = 0;
  private drawn: Uint8Array | null = null;
  /** The latest picture of the model being computed. */
  private picture: Picture | null = null;
  private filters: Filters | null = null;
  private silence: Silence | null = null;
  private accuracy: number | null = null;
  /** Whether that model has come to its step once: until then the one before stays in sight. */
  private hasArrived = false;

  /** @param looksInside whether `filters` and `silence` are wanted */
  constructor(private readonly looksInside = false) {}

  end(): void {
    this.worker.end();
  }

  /** Goes on to `step`, from the start where it is another model than before. */
  watch(run: RunView, rate: number, step: number): void {
    const settings = JSON.stringify(run.settings);
    const { watched } = this;
    const same = watched?.run === run.number && watched.settings === settings;
    if (!same || watched.rate !== rate || step < watched.step) this.begin(run, rate);
    else if (step === watched.step) return;
    this.watched = { run: run.number, rate, settings, step };
    // A clock that stands still at the step.
    const clock = { kind: 'paced', step, at: 0, stepsPerSecond: 1, until: step } as const;
    this.worker.tell({ type: 'clock', clock, offset: 0 });
  }

  /** Has the model read a digit of 784 bytes; null for none. */
  draw(pixels: Uint8Array | null): void {
    this.drawn = pixels;
    if (!pixels) this.reading = null;
    if (this.watched) this.worker.tell({ type: 'draw', pixels });
  }

  private begin({ settings }: RunView, rate: number): void {
    this.number += 1;
    this.progress = 0;
    this.picture = null;
    this.filters = null;
    this.silence = null;
    this.accuracy = null;
    this.hasArrived = false;
    this.reading = null;
    this.failed = false;
    this.worker.tell({
      type: 'run',
      run: this.number,
      settings: { ...settings, init: { ...settings.init } },
      rate,
      doneBefore: 0,
      dataUrl: new URL('data/mnist/', document.baseURI).href,
    });
    if (this.looksInside) this.worker.tell({ type: 'filters' });
    if (this.drawn) this.worker.tell({ type: 'draw', pixels: this.drawn });
  }

  private take(message: WorkerNews): void {
    if (message.run !== this.number) return;
    switch (message.type) {
      case 'progress':
        this.progress = message.step;
        this.present();
        break;
      case 'picture':
        this.picture = message.picture;
        break;
      case 'reading':
        this.reading = message.probabilities;
        break;
      case 'failed':
        this.failed = true;
        break;
      case 'diverged':
        this.hasArrived = true;
        this.present();
        break;
      case 'evaluations':
        this.accuracy = message.values.at(-1) ?? null;
        break;
      case 'filters':
        this.filters = message.filters;
        // A drawn digit is shown to a model at rest as well.
        this.present();
        break;
      case 'silence':
        this.silence = message.silence;
        this.present();
        break;
      case 'samples':
        this.samples = message.samples;
        break;
      case 'losses':
      case 'loading':
      case 'readable':
      case 'mistakes':
        break;
    }
  }

  private present(): void {
    const { watched, picture, filters, silence, progress, accuracy } = this;
    if (!watched) return;
    if (progress >= watched.step) this.hasArrived = true;
    if (!this.hasArrived) return;
    this.shown = { rate: watched.rate, step: progress, picture, filters, silence, accuracy };
  }
}
