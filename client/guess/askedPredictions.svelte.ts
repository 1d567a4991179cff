import { untrack } from 'svelte';
import type { Predictions } from '../../shared/protocol/views.ts';
import type { LiveSession } from '../live/connection.svelte.ts';

/** Outcomes of a class arrive one after the other: it is asked again when they have, in ms. */
const PAUSE = 1_200;

/**
 * How well the class has predicted, asked of the server at the end of a run and whenever an outcome
 * has changed after it. To be made while a component is set up.
 */
export class AskedPredictions {
  current = $state.raw<Predictions | null>(null);

  constructor(private readonly session: LiveSession) {
    $effect(() => {
      const key = this.key();
      if (key === null) {
        this.current = null;
        return;
      }
      const first = untrack(() => this.current === null);
      const timer = setTimeout(() => void this.ask(), first ? 0 : PAUSE);
      return () => clearTimeout(timer);
    });
  }

  /** Another one when another answer is to be expected; null while there is none to ask for. */
  private key(): string | null {
    const { view, participants, status } = this.session;
    if (view?.phase !== 'finished' || !view.run?.bets || status.state !== 'live') return null;
    const outcomes = [...participants.values()].map(({ outcome }) => outcome?.at(-1) ?? '-');
    return `${view.run.number} ${outcomes.join('')}`;
  }

  private async ask(): Promise<void> {
    const answer = await this.session.request('predictions', {});
    if (answer.ok) this.current = answer;
  }
}
