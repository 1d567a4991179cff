import { MAX_WORKER_RESTARTS, TIMING } from '../../shared/limits.ts';
import { ServerTime } from '../../shared/live/serverTime.ts';
import { deviceTime } from '../live/deviceTime.ts';
import { AwaitedModels, type TrainedModel } from './awaitedModels.ts';
import type { FromWorker, ToWorker, WorkerNews } from './messages.ts';

type Start = Extract<ToWorker, { type: 'run' }>;
/** `offset` is the server's time minus the page's. */
type Follow = Extract<ToWorker, { type: 'clock' }>;
type Request = Extract<ToWorker, { type: 'draw' | 'examine' | 'filters' }>;

/** What of a worker is needed: a whole one, or a line to one that trains other models as well. */
export interface ModelWorker {
  postMessage(message: ToWorker): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: 'error', hear: () => void): void;
  terminate(): void;
}

/**
 * The worker that trains, watched: one that dies or falls silent in the middle of a run is replaced
 * by another, which computes the same run again from its first step. Browsers end workers that use
 * too much memory without a word.
 */
export class SupervisedWorker {
  private worker: ModelWorker;
  private run: Start | null = null;
  private clock: Follow | null = null;
  /** The latest of each kind that was asked of the present run. */
  private readonly requests = new Map<Request['type'], Request>();
  private readonly models = new AwaitedModels();
  private restarts = 0;
  /** No new worker helped; the next run begins with another one all the same. */
  private hasGivenUp = false;
  /** Since when the worker owes an answer, in the page's ms; null where it owes none. */
  private askedAt: number | null = null;
  private lookedAt = performance.now();
  /** The worker's time against the page's: browsers may begin to count the two at different moments. */
  private time = new ServerTime();
  private readonly watch: ReturnType<typeof setInterval>;

  /**
   * @param take gets what the worker has to say; `failed` where not even a new worker helps
   * @param doneBefore steps of the present run that are known to have been done
   */
  constructor(
    private readonly create: () => ModelWorker,
    private readonly take: (news: WorkerNews) => void,
    private readonly doneBefore: () => number,
  ) {
    this.worker = this.begin();
    this.watch = setInterval(() => this.look(), TIMING.workerBeat);
  }

  tell(message: ToWorker): void {
    switch (message.type) {
      case 'run':
        if (this.hasGivenUp) {
          this.hasGivenUp = false;
          this.worker.terminate();
          this.worker = this.begin();
        }
        this.run = message;
        this.clock = null;
        this.requests.clear();
        this.restarts = 0;
        this.askedAt = null;
        break;
      case 'clock':
        this.clock = message;
        break;
      case 'draw':
      case 'examine':
      case 'filters':
        this.requests.set(message.type, message);
        break;
      case 'halt':
        this.run = null;
        break;
      case 'export':
      case 'time':
    }
    this.post(message);
  }

  /** The model of this run as it is now; null where the worker, which may be dead, does not say. */
  model(run: number): Promise<TrainedModel | null> {
    return this.models.of(run, () => this.post({ type: 'export' }));
  }

  /** Ends the worker, once it has given the models it was asked for. */
  end(): void {
    clearInterval(this.watch);
    this.models.whenSettled(() => this.worker.terminate());
  }

  private begin(): ModelWorker {
    const worker = this.create();
    worker.addEventListener('message', ({ data }) => {
      if (worker !== this.worker) return;
      this.askedAt = null;
      if (data.type === 'time') this.learn(data.asked, data.now);
      else if (data.type === 'model') this.models.arrived(data);
      else if (data.type === 'failed' && data.reason === 'internal') this.replace();
      else this.take(data);
    });
    this.time = new ServerTime();
    this.askedAt = performance.now();
    worker.postMessage({ type: 'time', asked: deviceTime() } satisfies ToWorker);
    // The worker's own code could not be loaded or begun.
    worker.addEventListener('error', () => {
      if (worker === this.worker) this.replace();
    });
    return worker;
  }

  /** Asks the worker for the time: one that has not answered for too long is dead. */
  private look(): void {
    const now = performance.now();
    // What was not heard while the page slept or was throttled says nothing about the worker.
    const wasAwake = now - this.lookedAt < 2 * TIMING.workerBeat && !document.hidden;
    this.lookedAt = now;
    if (!this.run) return;
    if (!wasAwake) this.askedAt = null;
    const patience = this.time.isKnown ? TIMING.workerSilence : TIMING.workerLoading;
    if (this.askedAt !== null && now - this.askedAt > patience) this.replace();
    this.askedAt ??= now;
    this.post({ type: 'time', asked: deviceTime() });
  }

  private replace(): void {
    this.models.lost();
    const { run, clock } = this;
    if (!run) return;
    if (this.restarts >= MAX_WORKER_RESTARTS) {
      this.run = null;
      this.hasGivenUp = true;
      this.take({ run: run.run, type: 'failed', reason: 'internal' });
      return;
    }
    this.restarts += 1;
    this.worker.terminate();
    this.worker = this.begin();
    this.post({ ...run, doneBefore: this.doneBefore() });
    if (clock) this.post(clock);
    for (const request of this.requests.values()) this.post(request);
  }

  private learn(asked: number, now: number): void {
    const { isKnown, offset } = this.time;
    this.time.learn(asked, deviceTime(), now);
    const isNews = !isKnown || this.time.offset !== offset;
    if (isNews && this.clock) this.post(this.clock);
  }

  private post(message: ToWorker): void {
    // Until then the worker might train ahead of the class.
    if (message.type === 'clock' && !this.time.isKnown) return;
    const translated =
      message.type === 'clock'
        ? { ...message, offset: message.offset - this.time.offset }
        : message;
    this.worker.postMessage(translated);
  }
}
