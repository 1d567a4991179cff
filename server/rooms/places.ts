import type { Place } from '../../shared/protocol/views.ts';

/** Who is in the ranking: what a neighbour is told. */
export interface Ranked {
  name: string;
  rate: number | null;
  /** Without a loss to compare there is no rank: diverged, or behind. */
  isRanked: boolean;
}

/** What each student was last told of its own rank and its neighbours. */
export class Places {
  private readonly told = new Map<number, string>();

  forget(participant: number): void {
    this.told.delete(participant);
  }

  /**
   * Gives `tell` the place of each participant whose place is another one now.
   * @param order participants of the run, best first
   */
  changes(
    order: readonly number[],
    ranked: (participant: number) => Ranked | null,
    tell: (participant: number, place: Place) => void,
  ): void {
    const all = order.map((participant) => ({ participant, ...ranked(participant) }));
    const count = all.findIndex(({ isRanked }) => !isRanked);
    const contenders = count === -1 ? all.length : count;
    all.forEach(({ participant }, k) => {
      const isRanked = k < contenders;
      const ahead = isRanked ? all[k - 1] : undefined;
      const behind = k + 1 < contenders ? all[k + 1] : undefined;
      const key = isRanked
        ? `${k} ${contenders} ${ahead?.participant} ${behind?.participant}`
        : `- ${contenders}`;
      if (this.told.get(participant) === key) return;
      this.told.set(participant, key);
      tell(participant, {
        rank: isRanked ? k + 1 : null,
        of: contenders,
        ahead: neighbour(ahead),
        behind: neighbour(behind),
      });
    });
  }
}

function neighbour(ranked: Partial<Ranked> | undefined): Place['ahead'] {
  return ranked?.name === undefined ? null : { name: ranked.name, rate: ranked.rate ?? null };
}
