import type { RunView } from '../../shared/protocol/views.ts';
import { ObservedModel } from './observedModel.svelte.ts';

/** Models of several learning rates of one run, each computed once. Whoever makes it ends it. */
export class ObservedModels {
  private models = $state.raw<ReadonlyMap<number, ObservedModel>>(new Map());

  end(): void {
    for (const model of this.models.values()) model.end();
  }

  /** Has the models of these rates at `step`, and no others. */
  watch(run: RunView, rates: readonly number[], step: number): void {
    const before = this.models;
    const after = new Map(rates.map((rate) => [rate, before.get(rate) ?? new ObservedModel()]));
    for (const [rate, model] of before) if (!after.has(rate)) model.end();
    for (const [rate, model] of after) model.watch(run, rate, step);
    const isSame = after.size === before.size && rates.every((rate) => before.has(rate));
    if (!isSame) this.models = after;
  }

  of(rate: number): ObservedModel | null {
    return this.models.get(rate) ?? null;
  }
}
