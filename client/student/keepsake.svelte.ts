import type { SavedModel } from '../../shared/run/savedModel.ts';

/**
 * What a student may take home of a run that this page has left: the next run, the end of the class
 * or a removal ends the training, and not what was learnt. One model, that of the latest run; it
 * lives as long as the page.
 */
export class Keepsake {
  kept = $state.raw<{ run: number; model: SavedModel } | null>(null);
}
