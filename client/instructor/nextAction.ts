import type { Command, Phase } from '../../shared/session.ts';

/** What the instructor can do to a session, as the buttons offer it. */
export type Action =
  | Command
  /** Tries at once to reach the server again. */
  | 'reconnect'
  /** Goes to the first field that is wrong. */
  | 'mend'
  | 'prepare'
  | 'discard'
  /** Shows the join code in large. */
  | 'invite';

/** What the choice depends on. */
export interface Situation {
  phase: Phase;
  isLive: boolean;
  plan: {
    /** All fields can be read. */
    isValid: boolean;
    /** Students see some plan, and exactly this one. */
    wasPrepared: boolean;
    isPrepared: boolean;
  };
  students: number;
  /** The run has a common step; a race has none. */
  isPaced: boolean;
}

/** One action that is the obvious one, and what else makes sense. */
export interface Offer {
  primary: Action;
  others: Action[];
}

/** What to do next: in every state of a session exactly one thing, and never one that is impossible. */
export function nextAction(situation: Situation): Offer {
  const { phase, isLive, plan, students } = situation;
  if (!isLive) return { primary: 'reconnect', others: [] };
  switch (phase) {
    case 'lobby': {
      const others: Action[] = plan.wasPrepared && !plan.isPrepared ? ['discard'] : [];
      if (!plan.isValid) return { primary: 'mend', others };
      if (!plan.isPrepared) return { primary: 'prepare', others };
      return { primary: students > 0 ? 'start' : 'invite', others };
    }
    case 'countdown':
      return { primary: 'stop', others: [] };
    case 'running':
      return { primary: 'pause', others: ['stop'] };
    case 'paused':
      return { primary: 'resume', others: situation.isPaced ? ['step', 'stop'] : ['stop'] };
    case 'finished':
      return { primary: 'next', others: [] };
  }
}
