import { TIMING } from '../../shared/limits.ts';
import type { FromWorker } from './messages.ts';

/** A model as its worker had it when it was asked. */
export type TrainedModel = Extract<FromWorker, { type: 'model' }>;

type Settle = (model: TrainedModel | null) => void;

/**
 * The models that a worker was asked for and has not yet given. None is awaited for ever: who asks
 * gets null from a worker that was replaced, or that says nothing for longer than a live one would.
 */
export class AwaitedModels {
  /** By their run: asked twice, a worker is waited for once. */
  private readonly awaited = new Map<
    number,
    { model: Promise<TrainedModel | null>; settle: Settle }
  >();

  /** @param ask is called where the model is not yet awaited */
  of(run: number, ask: () => void): Promise<TrainedModel | null> {
    const known = this.awaited.get(run);
    if (known) return known.model;
    let resolve!: Settle;
    const model = new Promise<TrainedModel | null>((done) => (resolve = done));
    const settle: Settle = (had) => {
      clearTimeout(timer);
      this.awaited.delete(run);
      resolve(had);
    };
    const timer = setTimeout(() => settle(null), TIMING.workerSilence);
    this.awaited.set(run, { model, settle });
    ask();
    return model;
  }

  arrived(model: TrainedModel): void {
    this.awaited.get(model.run)?.settle(model);
  }

  /** The worker that was asked is no more. */
  lost(): void {
    for (const { settle } of [...this.awaited.values()]) settle(null);
  }

  /** Calls `then` once nothing is awaited, which may be now. */
  whenSettled(then: () => void): void {
    if (this.awaited.size === 0) then();
    else void Promise.all([...this.awaited.values()].map(({ model }) => model)).then(then);
  }
}
