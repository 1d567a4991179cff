import { WORKSHOP } from '../../shared/data/linear.ts';
import { ImageSet } from '../../shared/data/images.ts';
import type { Clock } from '../../shared/clock.ts';
import { Trainee } from '../../shared/live/trainee.ts';
import { createLearner, type ImageLearner, type LinearLearner } from '../../shared/run/learner.ts';
import { TEST_IMAGES } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';
import { loadImages } from './images.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { pictureOf, samplesOf } from './picture.ts';

/** Work at most this long before the worker listens to its messages again, in ms. */
const SLICE_MS = 12;
/** Time between two pictures and progress messages, in ms. */
const PICTURE_MS = 100;

type Start = Extract<ToWorker, { type: 'run' }>;
type Tell = (message: FromWorker, transfer?: Transferable[]) => void;

/** One run in this worker, from its start message until the next one replaces it. */
export class WorkerRun {
  private readonly learner: LinearLearner | ImageLearner;
  private readonly trainee: Trainee;
  private readonly run: number;
  private offset = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shownAt = -Infinity;
  private shownStep = 0;
  private ended = false;

  constructor(
    start: Start,
    private readonly tell: Tell,
  ) {
    this.run = start.run;
    this.learner = this.createLearner(start);
    this.trainee = new Trainee(
      new Training(start.settings, this.learner),
      {
        losses: (from, losses) =>
          tell({ run: start.run, type: 'losses', from, losses }, [losses.buffer as ArrayBuffer]),
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

  follow(clock: Clock, offset: number): void {
    this.offset = offset;
    this.trainee.follow(clock);
    this.wake();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private createLearner({ settings, rate, dataUrl }: Start): LinearLearner | ImageLearner {
    if (settings.experiment === 'linear') {
      return createLearner(settings, rate, { experiment: 'linear', points: WORKSHOP });
    }
    const train = ImageSet.awaiting(settings.images);
    const test = ImageSet.awaiting(TEST_IMAGES);
    let shown = false;
    loadImages(dataUrl, train, test, (loaded, total) => {
      if (this.ended) return;
      this.tell({ run: this.run, type: 'loading', loaded, total });
      const samples = shown ? null : samplesOf(test);
      if (samples) {
        shown = true;
        this.tell({ run: this.run, type: 'samples', samples });
        this.show();
      }
      this.wake();
    }).catch(() => {
      if (!this.ended) this.tell({ run: this.run, type: 'failed', reason: 'data' });
    });
    return createLearner(settings, rate, { experiment: 'mnist', train, test });
  }

  /** Looks at the clock now instead of when the timer would. */
  private wake(): void {
    clearTimeout(this.timer);
    if (!this.ended) this.timer = setTimeout(() => this.work(), 0);
  }

  private work(): void {
    const started = performance.now();
    const stop = () => performance.now() - started > SLICE_MS;
    const wait = this.trainee.work(performance.timeOrigin + started + this.offset, stop);
    if (wait === null || performance.now() - this.shownAt > PICTURE_MS) this.show();
    if (wait !== null) this.timer = setTimeout(() => this.work(), wait);
  }

  /** Tells the page how far the model is and what it has learnt, if that has changed. */
  private show(): void {
    const now = performance.now();
    const step = this.trainee.training.stepsDone;
    const picture = pictureOf(this.learner);
    if (picture) this.tell({ run: this.run, type: 'picture', picture });
    const seconds = (now - this.shownAt) / 1_000;
    const stepsPerSecond = Number.isFinite(seconds) ? (step - this.shownStep) / seconds : 0;
    this.tell({ run: this.run, type: 'progress', step, stepsPerSecond });
    this.shownAt = now;
    this.shownStep = step;
  }
}
