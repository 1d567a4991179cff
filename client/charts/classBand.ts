import type { Curve } from './curves.ts';
import { Quantiles, type Band } from './quantiles.ts';

/** The band of the curves that a page holds itself; begun anew for other curves. */
export class ClassBand {
  private key = '';
  private quantiles = new Quantiles(1);

  /**
   * @param key the same as long as the values of a curve only grow
   * @param curves all on the same places along x
   */
  of(key: string, curves: readonly Curve[]): Band {
    const whole = `${key} ${curves.map(({ participant }) => participant).join(' ')}`;
    if (this.key !== whole) {
      this.key = whole;
      this.quantiles = new Quantiles(Math.max(1, ...curves.map(({ x }) => x.length)));
    }
    const begun = curves.filter(({ y }) => y.length > 0);
    return this.quantiles.of(
      begun.map(({ y }) => y),
      begun[0]?.x ?? new Float32Array(0),
    );
  }
}
