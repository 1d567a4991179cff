import type { RunSettings } from '../../shared/run/settings.ts';
import type { Beside, WallView } from '../../shared/wall.ts';
import type { ChartSession } from '../charts/chartSession.ts';
import { ChartOptions } from '../charts/chartOptions.svelte.ts';
import { CurveFocus } from '../charts/focus.svelte.ts';
import { witnessOf } from '../charts/witness.svelte.ts';

/** What of a page's view of a run can be conducted from another page. */
export class ConductedView {
  readonly options = new ChartOptions();
  readonly focus = new CurveFocus();
  beside = $state<Beside>('usual');
  private readonly witness;

  constructor(session: ChartSession) {
    this.witness = witnessOf(session);
  }

  /** As it is sent. */
  get wall(): WallView {
    const { metric, unit, spacing, xSpacing, zoom } = this.options;
    const { memory, clip, state, style, asTable, sweep } = this.options;
    const { pins } = this.focus;
    const hidden = [...this.focus.hidden];
    return {
      ...{ beside: this.beside, metric, unit, spacing, xSpacing, zoom },
      ...{ memory, clip, state, style, asTable, sweep, pins, hidden, laid: this.witness.laid },
    };
  }

  /** Shows what was chosen on another page, as far as the run has it. */
  take(wall: WallView, settings: RunSettings | undefined): void {
    const { beside, pins, hidden, laid, metric, unit, ...rest } = wall;
    const isTested = settings?.experiment !== 'linear';
    Object.assign(this.options, rest, {
      metric: isTested ? metric : 'train',
      unit: isTested || unit !== 'epochs' ? unit : 'steps',
    } satisfies Partial<WallView>);
    this.beside = beside;
    this.focus.pins = pins;
    this.focus.hidden = new Set(hidden);
    this.witness.laid = laid;
  }
}
