import type { ChartOptions } from './chartOptions.svelte.ts';
import type { Choice } from './chartScene.ts';
import type { CurveFocus } from './focus.svelte.ts';
import type { Zoom } from './zoom.ts';

/**
 * What a chart shows, as somebody has chosen it.
 * @param highlight whose page it is
 * @param memory share of the past in each smoothed loss
 */
export function chartChoice(
  focus: CurveFocus,
  highlight: number | null,
  options: ChartOptions,
  zoom: Zoom,
  memory: number,
): Choice {
  const { metric, unit, spacing, xSpacing, clip, state } = options;
  const strong = [highlight, ...focus.lit].filter((one) => one !== null);
  return {
    metric,
    unit,
    xSpacing,
    ySpacing: metric === 'accuracy' ? 'linear' : spacing,
    memory,
    clip,
    state,
    zoom,
    hidden: focus.hidden,
    strong: [...new Set(strong.reverse())].reverse(),
    dimmed: focus.any,
  };
}
