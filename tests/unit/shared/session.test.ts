import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMANDS,
  isUnderWay,
  PHASES,
  transition,
  type Command,
  type Occurrence,
  type Phase,
} from '../../../shared/session.ts';

const INPUTS: (Command | Occurrence)[] = [...COMMANDS, 'go', 'complete'];

/** Every arrow of the state machine; what is not here must not be possible. */
const ARROWS: [Phase, Command | Occurrence, Phase][] = [
  ['lobby', 'start', 'countdown'],
  ['countdown', 'go', 'running'],
  ['countdown', 'stop', 'lobby'],
  ['running', 'pause', 'paused'],
  ['running', 'stop', 'finished'],
  ['running', 'complete', 'finished'],
  ['paused', 'resume', 'running'],
  ['paused', 'step', 'paused'],
  ['paused', 'stop', 'finished'],
  ['paused', 'complete', 'finished'],
  ['finished', 'next', 'lobby'],
];

describe('the session', () => {
  it('[P10] moves along its arrows and no others', () => {
    const found = PHASES.flatMap((from) =>
      INPUTS.flatMap((input) => {
        const to = transition(from, input);
        return to ? [[from, input, to]] : [];
      }),
    );
    const sorted = (arrows: unknown[][]) => arrows.map((arrow) => arrow.join(' ')).sort();
    expect(sorted(found)).toEqual(sorted(ARROWS));
  });

  it('can always come back to the lobby', () => {
    const input = fc.constantFrom(...INPUTS);
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        let phase: Phase = 'lobby';
        for (const one of inputs) phase = transition(phase, one) ?? phase;
        for (const one of ['stop', 'next'] as const) phase = transition(phase, one) ?? phase;
        expect(phase).toBe('lobby');
      }),
    );
  });

  it('[P12] is under way from the countdown to the end', () => {
    expect(PHASES.filter(isUnderWay)).toEqual(['countdown', 'running', 'paused']);
  });
});
