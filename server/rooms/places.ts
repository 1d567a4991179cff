import type { Place } from '../../shared/protocol/views.ts';

/** Who is in the ranking: what a neighbour is told. */
export interface Ranked {
  name: string;
  rate: number | null;
  /** Without a loss to compare there is no rank: diverged, or behind. They come last in the order. */
  isRanked: boolean;
}

/** What each student was last told of its own rank and its neighbours. */
export class Places {
  private readonly told = new Map<number, string>();

  forget(participant: number): void {
    this.told.delete(participant);
  }

  forgetAll(): void {
    this.told.clear();
  }

  /**
   * Gives `tell` the place of each participant of a part of the class whose place is another one now.
   * @param order participants of the run, best first
   * @param isDue whether it is this participant's turn
   */
  changes(
    order: readonly number[],
    isDue: (participant: number) => boolean,
    ranked: (participant: number) => Ranked | null,
    tell: (participant: number, place: Place) => void,
  ): void {
    const contenders = order.filter((participant) => ranked(participant)?.isRanked).length;
    order.forEach((participant, k) => {
      if (!isDue(participant)) return;
      const isRanked = k < contenders;
      const ahead = isRanked ? order[k - 1] : undefined;
      const behind = k + 1 < contenders ? order[k + 1] : undefined;
      const key = isRanked ? `${k} ${contenders} ${ahead} ${behind}` : `- ${contenders}`;
      if (this.told.get(participant) === key) return;
      this.told.set(participant, key);
      tell(participant, {
        rank: isRanked ? k + 1 : null,
        of: contenders,
        ahead: neighbour(ahead === undefined ? null : ranked(ahead)),
        behind: neighbour(behind === undefined ? null : ranked(behind)),
      });
    });
  }
}

function neighbour(ranked: Ranked | null): Place['ahead'] {
  return ranked && { name: ranked.name, rate: ranked.rate };
}
