import { CalmVersion } from '../charts/calmVersion.svelte.ts';
import type { ChartSession } from '../charts/chartSession.ts';
import type { CurveFocus } from '../charts/focus.svelte.ts';
import { comparedStep } from '../charts/standing.ts';
import { CalmLead } from './calmLead.svelte.ts';

/** A pointer on its way over the curves means none of them, in ms. */
const POINTED_MS = 200;

/**
 * Whose model a class's picture shows, and at which step: of whoever is pointed at or pinned in the
 * curves, else of whoever is chosen beside the picture. Made within a component.
 */
export class ChosenStudent {
  /** What is chosen beside the picture: `best`, or a participant's index. */
  chosen = $state('best');
  /** Who leads, for a few seconds at least. */
  readonly lead: CalmLead;
  private readonly calm: CalmVersion;
  private pointed = $state<number | null>(null);

  constructor(
    private readonly session: ChartSession,
    private readonly focus: CurveFocus,
  ) {
    this.calm = new CalmVersion(session);
    this.lead = new CalmLead(session, this.calm);
    $effect(() => {
      const { hovered } = focus;
      const timer = setTimeout(() => (this.pointed = hovered), POINTED_MS);
      return () => clearTimeout(timer);
    });
  }

  /** A participant's index, or null while nobody leads. */
  get index(): number | null {
    const chosen = this.chosen === 'best' ? this.lead.current : Number(this.chosen);
    return this.pointed ?? this.focus.pins.at(-1) ?? chosen;
  }

  /** The step at which the class is compared. */
  get step(): number {
    void this.calm.current;
    return comparedStep(this.session.board);
  }
}
