import type { Range } from './axis.ts';
import type { Curve } from './curves.ts';

/**
 * How many points of the curves lie above the picture or below it, of those within it along x.
 * Smoothed, where the curves are: the values before smoothing are drawn too faintly to count.
 * What a chart leaves out, it has to say.
 */
export function hiddenPoints(curves: readonly Curve[], x: Range, y: Range): number {
  let hidden = 0;
  for (const { x: places, y: values } of curves) {
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      if (value >= y.min && value <= y.max) continue;
      const place = places[k]!;
      if (place >= x.min && place <= x.max) hidden++;
    }
  }
  return hidden;
}
