import type { ShownState, SweepChoice } from '../../shared/wall.ts';
import type { Metric, Unit } from './curves.ts';
import type { Spacing } from './ticks.ts';
import { WHOLE, type Zoom } from './zoom.ts';

/** How somebody has chosen to see the curves. */
export class ChartOptions {
  metric = $state<Metric>('train');
  unit = $state<Unit>('steps');
  /** Of the loss axis. */
  spacing = $state<Spacing>('log');
  xSpacing = $state<Spacing>('linear');
  /** The part of the picture that is shown. */
  zoom = $state.raw<Zoom>(WHOLE);
  /** Share of the past in each smoothed loss; null leaves it to the experiment. */
  memory = $state<number | null>(null);
  /** Whether those who diverge may leave the picture. */
  clip = $state(true);
  /** Only those in this state. */
  state = $state<ShownState>('all');
  /** All curves, or where most of them lie; null leaves it to their number. */
  style = $state<'curves' | 'band' | null>(null);
  /** The values as a table in the place of the picture. */
  asTable = $state(false);
  sweep = $state.raw<SweepChoice>({ measure: 'loss', goal: null, asTable: false });
}
