/**
 * The participant whose curve, row and dot stand out: chart, leaderboard and sweep share it, so
 * that pointing at one points at all three. A click keeps it there.
 */
export class CurveFocus {
  hovered = $state<number | null>(null);
  pinned = $state<number | null>(null);

  get participant(): number | null {
    return this.hovered ?? this.pinned;
  }

  togglePin(participant: number | null): void {
    this.pinned = this.pinned === participant ? null : participant;
  }
}
