import type { SavedModel } from '../../shared/run/savedModel.ts';
import type { LeftRun } from './leftRuns.ts';
import { retrain } from './retrain.ts';

/** A run that this page or an earlier one on this device has left, and its model where it is there. */
interface Kept {
  run: number;
  /** Steps that were done, of so many. */
  step: number;
  steps: number;
  model: SavedModel | null;
  /** What the model is computed from where it is not there. */
  left?: LeftRun;
}

/**
 * What a student may take home of a run that this page has left: the next run, the end of the class
 * or a removal ends the training, and not what was learnt. A reload forgets the models, and not which
 * runs they follow from: such a model is computed again when it is asked for.
 */
export class Keepsake {
  /** Of a model that is being computed again, from 0 to 1. */
  share = $state<number | null>(null);
  private kept = $state.raw<readonly Kept[]>([]);
  private computing: Promise<SavedModel | null> | null = null;

  keep(kept: Kept): void {
    this.kept = [kept, ...this.kept.filter(({ run }) => run !== kept.run)];
  }

  /** Looks for runs of this class that this device left before the page was loaded. */
  async recall(code: string): Promise<void> {
    // The class comes with it: where it cannot be loaded, that is said there.
    const loaded = await import('./leftRuns.ts').catch(() => null);
    if (!loaded) return;
    const known = new Set(this.kept.map(({ run }) => run));
    const found = loaded.leftRuns(code).flatMap((left): Kept[] => {
      const { run, step, settings } = left;
      if (known.has(run) || step === 0) return [];
      return [{ run, step, steps: settings.steps, model: null, left }];
    });
    this.kept = [...this.kept, ...found];
  }

  /**
   * The latest run but the present one.
   * @param index of the student, where it is known: who enters anew has not done what was done before
   */
  before(present: number | null, index?: number): Kept | null {
    const isOwn = ({ left }: Kept) => !left || index === undefined || left.index === index;
    return this.kept.find((each) => each.run !== present && isOwn(each)) ?? null;
  }

  /** The model of a run that was left; null where it cannot be computed. */
  model({ model, left, ...kept }: Kept): Promise<SavedModel | null> {
    if (model || !left) return Promise.resolve(model);
    return (this.computing ??= this.compute(left, kept));
  }

  private async compute(left: LeftRun, kept: Omit<Kept, 'model'>): Promise<SavedModel | null> {
    this.share = 0;
    try {
      const model = await retrain(left, (share) => (this.share = share));
      if (model)
        this.kept = this.kept.map((each) => (each.run === left.run ? { ...kept, model } : each));
      return model;
    } finally {
      this.share = null;
      this.computing = null;
    }
  }
}
