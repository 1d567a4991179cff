import type { NO_ANSWER } from '../../shared/live/answer.ts';
import type { Refusal } from '../../shared/protocol/codes.ts';
import type { BrainSession } from './brainSession.ts';
import { beginBrainWorker, computation, isCheap } from './brainWorker.ts';
import type { BrainAnswer, BrainResult, FromBrain, ToBrain } from './messages.ts';

export type BrainState =
  | { state: 'idle' }
  | { state: 'computing'; done: number; of: number }
  | { state: 'ready'; result: BrainResult }
  /** Every model has diverged. */
  | { state: 'none' }
  | { state: 'refused'; code: Refusal | typeof NO_ANSWER }
  | { state: 'failed' };

/** The class brain of a session's present run, computed on this page in a worker of its own. */
export class ObservedBrain {
  now = $state.raw<BrainState>({ state: 'idle' });
  /** What it says of the drawn digit. */
  answer = $state.raw<BrainAnswer | null>(null);
  private worker: Worker | null = null;
  private pixels: Uint8Array | null = null;
  private run = 0;
  private followers = 0;
  private asking = false;

  constructor(private readonly session: BrainSession) {}

  /** To be followed by all that show it; without followers it ends. */
  follow(): () => void {
    this.followers += 1;
    return () => {
      this.followers -= 1;
      if (this.followers === 0) this.forget();
    };
  }

  /** The run on show is this one, and is over: what was computed of another is forgotten. */
  turnTo(run: number | null): void {
    if (run !== this.run) this.forget();
    this.run = run ?? 0;
  }

  /**
   * Computes it, unless that is done or under way.
   * @param cheapOnly leaves it where that would take the device long
   */
  async compute(cheapOnly = false): Promise<void> {
    const { session, run } = this;
    const settings = session.view?.run?.settings;
    const isThere = this.now.state === 'computing' || this.now.state === 'ready';
    if (!settings || isThere || this.asking) return;
    this.asking = true;
    const plan = await session.brainPlan();
    this.asking = false;
    if (this.run !== run || run === 0) return;
    if (!plan.ok) {
      const { code } = plan;
      this.now = code === 'no_models' ? { state: 'none' } : { state: 'refused', code };
      return;
    }
    if (cheapOnly && !isCheap(plan, settings)) return;
    this.now = { state: 'computing', done: 0, of: plan.members.length };
    this.worker ??= this.begin();
    this.tell(computation(plan, settings));
  }

  /** Has it read a digit of 784 bytes; null for none. */
  draw(pixels: Uint8Array | null): void {
    this.pixels = pixels;
    if (!pixels) this.answer = null;
    if (this.worker) this.tell({ type: 'draw', pixels });
  }

  private begin(): Worker {
    const worker = beginBrainWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<FromBrain>) => {
      if (worker === this.worker) this.take(data);
    });
    worker.addEventListener('error', () => {
      if (worker === this.worker) this.now = { state: 'failed' };
    });
    return worker;
  }

  private take(message: FromBrain): void {
    switch (message.type) {
      case 'progress':
        this.now = { state: 'computing', done: message.done, of: message.of };
        break;
      case 'result':
        this.now =
          message.result === 'none'
            ? { state: 'none' }
            : { state: 'ready', result: message.result };
        if (this.pixels) this.tell({ type: 'draw', pixels: this.pixels });
        break;
      case 'answer':
        this.answer = message.answer;
        break;
      case 'failed':
        this.now = { state: 'failed' };
    }
  }

  private forget(): void {
    this.worker?.terminate();
    this.worker = null;
    this.now = { state: 'idle' };
    this.answer = null;
  }

  private tell(message: ToBrain): void {
    this.worker?.postMessage(message);
  }
}

const brains = new WeakMap<BrainSession, ObservedBrain>();

/** The class brain that everything on this page shows. To be called while a component is set up. */
export function brainOf(session: BrainSession): ObservedBrain {
  const brain = brains.get(session) ?? new ObservedBrain(session);
  brains.set(session, brain);
  $effect(() => brain.follow());
  $effect(() => {
    const { view } = session;
    brain.turnTo(view?.phase === 'finished' ? (view.run?.number ?? null) : null);
  });
  return brain;
}
