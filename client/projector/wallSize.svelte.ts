import { MediaQuery } from 'svelte/reactivity';

/** Rows of the leaderboard where it cannot say how many it has room for. */
const ROWS = { narrow: 8, sheet: 5 };

/** What a wall's panels take their size from. */
export class WallSize {
  private readonly wide = new MediaQuery('min-width: 60rem');
  private readonly onPaper = new MediaQuery('print');

  /** Narrow walls are read like phones. */
  get charts(): 'projector' | 'phone' {
    return this.wide.current ? 'projector' : 'phone';
  }

  /** The leaderboard's rows; one sheet across holds a part of them, others all. */
  get rows(): number | 'fit' {
    if (this.onPaper.current) return this.wide.current ? ROWS.sheet : Infinity;
    return this.wide.current ? 'fit' : ROWS.narrow;
  }
}
