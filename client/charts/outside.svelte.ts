/** Between two counts, in ms: it looks at every point. */
const PAUSE = 500;

/** How many points lie outside of the picture, counted now and then. */
export class Outside {
  points = $state(0);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param count looks at what is shown when it is called */
  constructor(private readonly count: () => number) {}

  /** Counts before long; however often it is asked, once a pause. */
  recount(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const points = this.count();
      if (points !== this.points) this.points = points;
    }, PAUSE);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
