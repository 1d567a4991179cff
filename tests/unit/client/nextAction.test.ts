import { expect, it, describe } from 'vitest';
import { nextAction, type Action, type Situation } from '../../../client/instructor/nextAction.ts';
import { COMMANDS, PHASES, transition } from '../../../shared/session.ts';

const PREPARED = { isValid: true, wasPrepared: true, isPrepared: true };

const READY: Situation = {
  phase: 'lobby',
  isLive: true,
  plan: PREPARED,
  students: 30,
  isPaced: true,
};

/** Every situation that there can be. */
function everySituation(): Situation[] {
  const yesNo = [true, false];
  const plans = yesNo.flatMap((isValid) =>
    yesNo.flatMap((wasPrepared) =>
      (wasPrepared && isValid ? yesNo : [false]).map((isPrepared) => ({
        isValid,
        wasPrepared,
        isPrepared,
      })),
    ),
  );
  return PHASES.flatMap((phase) =>
    yesNo.flatMap((isLive) =>
      plans.flatMap((plan) =>
        [0, 1, 30].flatMap((students) =>
          yesNo.map((isPaced) => ({ phase, isLive, plan, students, isPaced })),
        ),
      ),
    ),
  );
}

describe('what an instructor is offered next', () => {
  it.each<[string, Partial<Situation>, Action, Action[]]>([
    [
      'a class that is new',
      { plan: { isValid: true, wasPrepared: false, isPrepared: false } },
      'prepare',
      [],
    ],
    ['a wrong field', { plan: { ...PREPARED, isValid: false, wasPrepared: false } }, 'mend', []],
    [
      'a field made wrong later',
      { plan: { isValid: false, wasPrepared: true, isPrepared: false } },
      'mend',
      ['discard'],
    ],
    ['unsent changes', { plan: { ...PREPARED, isPrepared: false } }, 'prepare', ['discard']],
    ['nobody in the room', { students: 0 }, 'invite', []],
    ['a class that waits', {}, 'start', []],
    ['the countdown', { phase: 'countdown' }, 'stop', []],
    ['a run', { phase: 'running' }, 'pause', ['stop']],
    ['a pause', { phase: 'paused' }, 'resume', ['step', 'stop']],
    ['a pause of a race', { phase: 'paused', isPaced: false }, 'resume', ['stop']],
    ['the end', { phase: 'finished' }, 'next', []],
    ['a lost connection', { phase: 'running', isLive: false }, 'reconnect', []],
  ])('in %s', (_, change, primary, others) => {
    expect(nextAction({ ...READY, ...change })).toEqual({ primary, others });
  });

  it('is one thing in every situation, and everything offered is possible there', () => {
    for (const situation of everySituation()) {
      const { primary, others } = nextAction(situation);
      const offered = [primary, ...others];
      expect(new Set(offered).size, JSON.stringify(situation)).toBe(offered.length);
      for (const action of offered) {
        const command = COMMANDS.find((each) => each === action);
        if (command) expect(transition(situation.phase, command), action).not.toBeNull();
        if (action === 'start') expect(situation.students).toBeGreaterThan(0);
        if (action === 'start') expect(situation.plan.isPrepared).toBe(true);
        if (action === 'step') expect(situation.isPaced).toBe(true);
      }
    }
  });

  it('leaves no way forward out: what moves the session on is the primary one, or comes after it', () => {
    for (const phase of PHASES) {
      const { primary, others } = nextAction({ ...READY, phase });
      for (const command of COMMANDS) {
        if (transition(phase, command)) expect([primary, ...others]).toContain(command);
      }
    }
  });
});
