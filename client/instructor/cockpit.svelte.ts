import { tick } from 'svelte';
import type { ClientEvent, MessageOf } from '../live/socket.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import type { Problem } from './ask.ts';
import { nextAction, type Action } from './nextAction.ts';
import type { PlanDraft } from './planDraft.svelte.ts';

/** Where the first wrong field is found: `Field` marks it so. */
const WRONG = '[aria-invalid="true"]';

/** What one instructor's screen is doing: the buttons, the keys and the remote all act through it. */
export class Cockpit {
  /** An answer is being waited for. */
  busy = $state(false);
  /** Asks whether the run is to be stopped. */
  stopping = $state(false);
  /** Shows the join code in large. */
  inviting = $state(false);
  /** What the server refused last. */
  problem = $state<Problem | null>(null);

  readonly phase = $derived.by(() => this.session.view?.phase ?? 'lobby');
  readonly isPaced = $derived.by(() => this.session.view?.run?.pace.kind === 'paced');
  readonly offer = $derived.by(() =>
    nextAction({
      phase: this.phase,
      isLive: this.session.status.state === 'live',
      plan: {
        isValid: this.draft.plan !== null,
        wasPrepared: this.draft.wasPrepared,
        isPrepared: this.draft.isPrepared,
      },
      students: this.session.participants.size,
      isPaced: this.isPaced,
    }),
  );

  /** What the space bar does: only what can be taken back by pressing it again. */
  readonly mainCommand = $derived.by(
    () =>
      (['start', 'pause', 'resume'] as const).find((each) => each === this.offer.primary) ?? null,
  );

  constructor(
    readonly session: LiveSession,
    readonly draft: PlanDraft,
  ) {}

  /** Sends what is asked for and shows what the server refuses; true where it agreed. */
  readonly ask = async <E extends ClientEvent>(event: E, message: MessageOf<E>) => {
    const answer = await this.session.request(event, message);
    this.problem = answer.ok ? null : answer.code;
    return answer.ok;
  };

  /** Whether the action is one of those on offer now, and none is under way. */
  offers(action: Action): boolean {
    const { primary, others } = this.offer;
    return !this.busy && (primary === action || others.includes(action));
  }

  /**
   * Does what is on offer, and nothing else.
   * @param steps how many, of a single step
   */
  async do(action: Action, steps?: number): Promise<void> {
    if (!this.offers(action)) return;
    switch (action) {
      case 'reconnect':
        this.session.reconnect();
        return;
      case 'mend':
        await tick();
        document.querySelector<HTMLElement>(WRONG)?.focus();
        return;
      case 'invite':
        this.inviting = true;
        return;
      case 'discard':
        this.draft.discard();
        return;
      case 'prepare':
        if (this.draft.plan) await this.wait(this.ask('prepare', this.draft.plan));
        return;
      case 'stop':
        // In the countdown nothing is lost yet.
        if (this.phase !== 'countdown') {
          this.stopping = true;
          return;
        }
        await this.stop();
        return;
      case 'start':
      case 'pause':
      case 'resume':
      case 'step':
      case 'next':
        await this.wait(this.ask('command', { command: action, steps }));
    }
  }

  /** Stops the run without a question. */
  async stop(): Promise<void> {
    this.stopping = false;
    await this.wait(this.ask('command', { command: 'stop' }));
  }

  private async wait(answer: Promise<boolean>): Promise<void> {
    this.busy = true;
    await answer;
    this.busy = false;
  }
}
