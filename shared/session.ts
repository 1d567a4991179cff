/**
 * The session's state machine, pure. The server enforces it, and the pages ask it which buttons
 * to offer, so that both always agree.
 *
 *     lobby → countdown → running ⇄ paused → finished → lobby
 */

export const PHASES = ['lobby', 'countdown', 'running', 'paused', 'finished'] as const;
export type Phase = (typeof PHASES)[number];

/** What an instructor can ask for. */
export const COMMANDS = ['start', 'pause', 'resume', 'step', 'stop', 'next'] as const;
export type Command = (typeof COMMANDS)[number];

/** What happens by itself: the countdown is over, everybody has arrived at the end. */
export type Occurrence = 'go' | 'complete';

const TRANSITIONS: Record<Phase, Partial<Record<Command | Occurrence, Phase>>> = {
  lobby: { start: 'countdown' },
  countdown: { go: 'running', stop: 'lobby' },
  running: { pause: 'paused', stop: 'finished', complete: 'finished' },
  paused: { resume: 'running', step: 'paused', stop: 'finished', complete: 'finished' },
  finished: { next: 'lobby' },
};

/** The phase that follows, or null where the command has no meaning in this phase. */
export function transition(phase: Phase, command: Command | Occurrence): Phase | null {
  return TRANSITIONS[phase][command] ?? null;
}

/**
 * Whether what `command` asks for is already so, as after a double click or with a second
 * instructor: then it is agreed to and changes nothing.
 */
export function isRepeat(phase: Phase, command: Command): boolean {
  switch (command) {
    case 'start':
      return phase === 'countdown' || phase === 'running';
    case 'pause':
      return phase === 'paused';
    case 'resume':
      return phase === 'running';
    case 'stop':
      return phase === 'finished';
    case 'step':
    case 'next':
      return false;
  }
}

/** A run that has begun and not ended: its learning rates and settings are fixed. */
export function isUnderWay(phase: Phase): boolean {
  return phase === 'countdown' || phase === 'running' || phase === 'paused';
}

/** Whether students may bet on their learning rates: until the first step shows something. */
export function mayBet(phase: Phase): boolean {
  return phase === 'lobby' || phase === 'countdown';
}
