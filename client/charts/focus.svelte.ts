/**
 * The participants whose curve, row and dot stand out, or are left out: chart, leaderboard and
 * sweep share it, so that pointing at one points at all three. A click keeps one there.
 */
export class CurveFocus {
  hovered = $state<number | null>(null);
  /** Whom an instructor points at from another page. */
  pointed = $state<number | null>(null);
  /** In the order in which they were pinned. */
  pins = $state.raw<readonly number[]>([]);
  hidden = $state.raw<ReadonlySet<number>>(new Set());

  /** Whom to speak of: who is pointed at, or else who was pinned last. */
  get participant(): number | null {
    return this.hovered ?? this.pointed ?? this.pins.at(-1) ?? null;
  }

  /** All that stand out, the one to speak of last. */
  get lit(): number[] {
    const all = [...this.pins, this.pointed, this.hovered];
    return all.filter((one) => one !== null);
  }

  /** Whether anybody stands out, so that the others step back. */
  get any(): boolean {
    return this.participant !== null;
  }

  isPinned(participant: number): boolean {
    return this.pins.includes(participant);
  }

  /** Whether this one stands out. */
  isLit(participant: number): boolean {
    return this.lit.includes(participant);
  }

  isHidden(participant: number): boolean {
    return this.hidden.has(participant);
  }

  togglePin(participant: number | null): void {
    if (participant === null) this.pins = [];
    else if (this.isPinned(participant)) this.pins = this.pins.filter((one) => one !== participant);
    else this.pins = [...this.pins, participant];
  }

  toggleHidden(participant: number): void {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(participant)) {
      hidden.add(participant);
      this.pins = this.pins.filter((one) => one !== participant);
      if (this.hovered === participant) this.hovered = null;
    }
    this.hidden = hidden;
  }

  showAll(): void {
    this.hidden = new Set();
  }
}
