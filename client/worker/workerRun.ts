import { WORKSHOP } from '../../shared/data/linear.ts';
import { ImageSet } from '../../shared/data/images.ts';
import { Trainee } from '../../shared/live/trainee.ts';
import type { KernelSpace } from '../../shared/model/kernelSpace.ts';
import {
  ClassifierLearner,
  createLearner,
  toyData,
  type LinearLearner,
  type TrainingData,
} from '../../shared/run/learner.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';
import { DrawnDigit } from './drawnDigit.ts';
import { Examination } from './examination.ts';
import { deviceTime } from '../live/deviceTime.ts';
import { Inside } from './inside.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { pictureOf, samplesOf } from './picture.ts';
import type { SharedImages } from './sharedImages.ts';

/** Work at most this long before the worker listens to its messages again, in ms. */
const SLICE_MS = 12;
/** Time between two pictures and progress messages, in ms. */
const PICTURE_MS = 100;

type Start = Extract<ToWorker, { type: 'run' }>;
type Follow = Extract<ToWorker, { type: 'clock' }>;
type Tell = (message: FromWorker, transfer?: Transferable[]) => void;

/** One run in this worker, from its start message until the next one replaces it. */
export class WorkerRun {
  private readonly learner: LinearLearner | ClassifierLearner;
  private readonly trainee: Trainee;
  private readonly run: number;
  private readonly settings: RunSettings;
  private offset = 0;
  /** Of the time that it may compute. */
  private share = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shownAt = -Infinity;
  private shownStep = 0;
  /** Aborted when the run ends. */
  private readonly life = new AbortController();
  private readonly drawn: DrawnDigit | null;
  private examination: Examination | null = null;
  /** Where the page wants to see inside. */
  private inside: Inside | null = null;

  constructor(
    start: Start,
    /** Where the kernels compute; null where the readable code does. */
    space: KernelSpace | null,
    /** Of a run that trains on images. */
    private readonly images: SharedImages | null,
    private readonly tell: Tell,
  ) {
    this.run = start.run;
    const { settings, rate } = start;
    this.settings = settings;
    if (settings.experiment !== 'linear' && !space) tell({ run: start.run, type: 'readable' });
    this.learner = createLearner(settings, rate, this.data(start), space);
    this.drawn = settings.experiment === 'mnist' ? new DrawnDigit(settings) : null;
    this.trainee = new Trainee(
      new Training(start.settings, this.learner),
      {
        losses: (from, losses) =>
          tell({ run: start.run, type: 'losses', from, losses, seconds: this.secondsGone() }, [
            losses.buffer as ArrayBuffer,
          ]),
        evaluations: (from, values) =>
          tell({ run: start.run, type: 'evaluations', from, values }, [
            values.buffer as ArrayBuffer,
          ]),
        diverged: (atStep) => tell({ run: start.run, type: 'diverged', atStep }),
      },
      start.doneBefore,
    );
    this.show();
  }

  follow({ clock, offset, share = 1 }: Follow): void {
    this.offset = offset;
    this.share = share;
    this.trainee.follow(clock);
    this.wake();
  }

  /** Reads this digit, now and whenever the model has learnt. */
  draw(pixels: Uint8Array | null): void {
    if (!this.drawn) return;
    this.drawn.pixels = pixels;
    this.read();
    // The kernels are shown at work on it.
    if (this.settings.model === 'convnet') this.inside?.show(pixels);
  }

  /** From now on says what a model of the digits looks like inside. */
  showInside(): void {
    const { settings, learner, run } = this;
    if (settings.experiment !== 'mnist' || !(learner instanceof ClassifierLearner)) return;
    if (!(learner.test instanceof ImageSet)) return;
    this.inside = new Inside(settings, learner.model, learner.test, (news, transfer) =>
      this.tell({ run, ...news }, transfer),
    );
    this.inside.show(this.drawn?.pixels ?? null);
    this.wake();
  }

  /** Says what the model mistakes, once there is nothing to train; nothing of one that has diverged. */
  examine(): void {
    const { learner } = this;
    if (this.trainee.training.divergedAt !== null) return;
    if (!(learner instanceof ClassifierLearner) || !(learner.test instanceof ImageSet)) return;
    this.examination = new Examination(learner.model, learner.test);
    this.wake();
  }

  /** Says which parameters the model has. */
  export(): void {
    const parameters = this.learner.parameters.map((values) => values.slice());
    const { stepsDone: step, divergedAt, losses } = this.trainee.training;
    const at = { step, divergedAt, losses: losses.slice(0).slice() };
    this.tell({ run: this.run, type: 'model', ...at, parameters });
  }

  end(): void {
    this.life.abort();
    clearTimeout(this.timer);
  }

  /** What the run trains on; images are still arriving. */
  private data({ settings }: Start): TrainingData {
    switch (settings.experiment) {
      case 'linear':
        return { experiment: 'linear', points: WORKSHOP };
      case 'toy': {
        const data = toyData(settings);
        this.showSamples(data);
        return data;
      }
      case 'mnist': {
        if (!this.images) throw new TypeError('a run of images without images');
        const { train, test } = this.images;
        const data = { experiment: 'mnist' as const, train, test };
        this.fetchImages(data, this.images);
        return data;
      }
    }
  }

  private fetchImages(data: TrainingData & { experiment: 'mnist' }, images: SharedImages): void {
    this.load(data, images).catch(() => {
      if (!this.ended) this.tell({ run: this.run, type: 'failed', reason: 'data' });
    });
  }

  private showSamples(data: TrainingData): boolean {
    const samples = samplesOf(data);
    if (samples) this.tell({ run: this.run, type: 'samples', samples });
    return samples !== null;
  }

  private async load(
    data: TrainingData & { experiment: 'mnist' },
    images: SharedImages,
  ): Promise<void> {
    const { train, test } = data;
    const state = { loaded: 0, total: train.capacity + test.capacity, interrupted: false };
    const say = (news: Partial<typeof state>) => {
      Object.assign(state, news);
      if (!this.ended) this.tell({ run: this.run, type: 'loading', ...state });
    };
    let shown = false;
    const arrived = (loaded: number, total: number) => {
      if (this.ended) return;
      say({ loaded, total });
      if (!shown && this.showSamples(data)) {
        shown = true;
        this.show();
      }
      this.wake();
    };
    const interrupted = (interrupted: boolean) => {
      if (interrupted !== state.interrupted) say({ interrupted });
    };
    say({});
    await images.follow({ arrived, interrupted }, this.life.signal);
  }

  private serverNow(): number {
    return deviceTime() + this.offset;
  }

  private secondsGone(): number {
    return this.trainee.secondsGone(this.serverNow());
  }

  private get ended(): boolean {
    return this.life.signal.aborted;
  }

  /** Looks at the clock now instead of when the timer would. */
  private wake(): void {
    clearTimeout(this.timer);
    if (!this.ended) this.timer = setTimeout(() => this.work(), 0);
  }

  private work(): void {
    const started = performance.now();
    const stop = () => performance.now() - started > SLICE_MS;
    const now = this.serverNow();
    const wait = this.trainee.work(now, stop);
    const examines =
      wait === null &&
      this.examination !== null &&
      this.learner.canEvaluate() &&
      this.trainee.isLevel(now);
    const { stepsDone } = this.trainee.training;
    // What is inside is looked at while there is nothing to train.
    const looks = wait !== 0 && (this.inside?.advance(stepsDone, wait === null, stop) ?? false);
    if (examines) this.goOnExamining(stop);
    else if ((wait === null && !looks) || performance.now() - this.shownAt > PICTURE_MS) {
      this.show();
    }
    if (wait === null && !examines && !looks) return;
    // The others' turn, and the page's.
    const rest = (performance.now() - started) * (1 / this.share - 1);
    this.timer = setTimeout(() => this.work(), Math.max(looks ? 0 : (wait ?? 0), rest));
  }

  private goOnExamining(stop: () => boolean): void {
    const mistakes = this.examination?.advance(stop);
    if (!mistakes) return;
    this.tell({ run: this.run, type: 'mistakes', mistakes });
    this.examination = null;
  }

  private read(): void {
    if (!this.drawn || !(this.learner instanceof ClassifierLearner)) return;
    const probabilities = this.drawn.read(this.learner.model);
    this.tell({ run: this.run, type: 'reading', probabilities });
  }

  /** Tells the page how far the model is and what it has learnt, if that has changed. */
  private show(): void {
    const now = performance.now();
    const step = this.trainee.training.stepsDone;
    const picture = pictureOf(this.learner);
    if (picture) this.tell({ run: this.run, type: 'picture', picture });
    this.inside?.show(this.drawn?.pixels ?? null);
    if (this.drawn?.pixels) this.read();
    const seconds = (now - this.shownAt) / 1_000;
    const stepsPerSecond = Number.isFinite(seconds) ? (step - this.shownStep) / seconds : 0;
    this.tell({ run: this.run, type: 'progress', step, stepsPerSecond });
    this.shownAt = now;
    this.shownStep = step;
  }
}
