import type { Points } from '../../../shared/data/linear.ts';
import { Perceptron } from '../../../shared/model/perceptron.ts';
import type { LinearSettings } from '../../../shared/run/settings.ts';

/** Places of a trail that are kept: what is older is drawn already. */
const TRAIL = 600;

/**
 * The way of one learning rate over the landscape, computed here: a run follows from its settings
 * and the rate, so no weights need to travel.
 */
export class Walk {
  private readonly model: Perceptron;
  private done = 0;
  /** w and b of the places that lie apart, one after the other. */
  private readonly places: number[] = [];
  private dropped = 0;

  /** @param apart how far a place must lie from the one before to be part of the trail */
  constructor(
    settings: LinearSettings,
    readonly rate: number,
    private readonly points: Points,
    private readonly apart: number,
  ) {
    this.model = Perceptron.start(settings.init, settings.seed);
    this.places.push(this.w, this.b);
  }

  get steps(): number {
    return this.done;
  }
  get w(): number {
    return this.model.w;
  }
  get b(): number {
    return this.model.b;
  }
  get cost(): number {
    return this.model.cost(this.points);
  }
  get gradient(): { dw: number; db: number } {
    return this.model.gradient(this.points);
  }

  /** Places of the trail so far, the start being the first. */
  get trailEnd(): number {
    return this.dropped + this.places.length / 2;
  }
  /** The first place that is still kept. */
  get trailStart(): number {
    return this.dropped;
  }
  /** Place `k` of the trail, from `trailStart` up to `trailEnd`. */
  trail(k: number): { w: number; b: number } {
    const at = 2 * (k - this.dropped);
    return { w: this.places[at]!, b: this.places[at + 1]! };
  }

  /**
   * Goes on to `target` steps, or until `stop` says so; it is asked now and then.
   * @returns whether the target is reached
   */
  goTo(target: number, stop: () => boolean): boolean {
    while (this.done < target) {
      this.model.trainStep(this.points, this.rate);
      this.done += 1;
      const { w, b, places } = this;
      const far = Math.hypot(w - places.at(-2)!, b - places.at(-1)!) >= this.apart;
      if (far) places.push(w, b);
      if (places.length > 4 * TRAIL) {
        places.splice(0, 2 * TRAIL);
        this.dropped += TRAIL;
      }
      if (this.done % 64 === 0 && stop()) break;
    }
    return this.done >= target;
  }
}
