import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockStep,
  nextStepAt,
  pauseClock,
  resumeClock,
  secondsGone,
  singleStep,
  startClock,
  targetStep,
  type Clock,
} from '../../../shared/clock.ts';

type Paced = Extract<Clock, { kind: 'paced' }>;

const TOTAL = 5_000;
const AT = 1_000_000;

const stepsPerSecond = fc.double({ min: 0.2, max: 2_000, noNaN: true });
const wait = fc.integer({ min: 0, max: 60_000 });

function started(pace: number): Paced {
  const clock = startClock({ kind: 'paced', stepsPerSecond: pace }, TOTAL, AT);
  if (clock.kind !== 'paced') throw new Error('not paced');
  return clock;
}

function paced(clock: Clock): Paced {
  if (clock.kind !== 'paced') throw new Error('not paced');
  return clock;
}

describe('the paced clock', () => {
  it('[P23] stands at 0 until it starts and ends at the last step', () => {
    fc.assert(
      fc.property(stepsPerSecond, wait, (pace, ms) => {
        const clock = started(pace);
        expect(clockStep(clock, AT - ms)).toBe(0);
        expect(clockStep(clock, AT + (TOTAL * 1_000) / pace + 1)).toBe(TOTAL);
        expect(targetStep(clock, AT + ms, 0, TOTAL)).toBe(clockStep(clock, AT + ms));
      }),
    );
  });

  it('never walks back', () => {
    fc.assert(
      fc.property(stepsPerSecond, wait, wait, (pace, a, b) => {
        const clock = started(pace);
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        expect(clockStep(clock, AT + early)).toBeLessThanOrEqual(clockStep(clock, AT + late));
      }),
    );
  });

  it('says when the next step is due: not a step earlier, and one step then', () => {
    fc.assert(
      fc.property(stepsPerSecond, wait, (pace, ms) => {
        const clock = started(pace);
        const now = AT + ms;
        const due = nextStepAt(clock, now);
        if (due === null) {
          expect(clockStep(clock, now)).toBe(TOTAL);
          return;
        }
        expect(due).toBeGreaterThan(now - 1e-6);
        expect(clockStep(clock, due + 1e-3)).toBe(clockStep(clock, now) + 1);
      }),
    );
  });

  it('[P24] halts everybody at one step that nobody has passed, whenever the news arrives', () => {
    fc.assert(
      fc.property(stepsPerSecond, wait, fc.integer({ min: 0, max: 300 }), (pace, ms, delay) => {
        const clock = started(pace);
        const now = AT + ms;
        const halted = paced(pauseClock(clock, now, 300));
        // Before the news is there a device still follows the old record.
        expect(clockStep(clock, now + delay)).toBeLessThanOrEqual(halted.until);
        expect(clockStep(halted, now + 1e9)).toBe(halted.until);
        expect(nextStepAt(halted, now + 1e6)).toBeNull();
      }),
    );
  });

  it('goes on from where it was halted, without a jump', () => {
    fc.assert(
      fc.property(stepsPerSecond, wait, wait, (pace, ran, rested) => {
        const halted = paced(pauseClock(started(pace), AT + ran, 300));
        const at = AT + ran + rested + 200;
        const resumed = paced(resumeClock(halted, at, TOTAL));
        expect(clockStep(resumed, at)).toBe(halted.until);
        expect(resumed.until).toBe(TOTAL);
        expect(clockStep(resumed, at + (TOTAL * 1_000) / pace + 1)).toBe(TOTAL);
      }),
    );
  });

  it('takes single steps from a pause, never past the end', () => {
    fc.assert(
      fc.property(wait, fc.integer({ min: 1, max: 2_000 }), (ran, count) => {
        const halted = paced(pauseClock(started(100), AT + ran, 0));
        const stepped = paced(singleStep(halted, AT + ran + 500, count, TOTAL));
        expect(clockStep(stepped, AT + ran + 500)).toBe(Math.min(halted.until + count, TOTAL));
      }),
    );
  });
});

describe('the seconds of a run', () => {
  it('[P110] go on with the clock and stand still in a pause, whatever the pace', () => {
    const pace = fc.option(stepsPerSecond);
    fc.assert(
      fc.property(pace, wait, wait, wait, (pace, ran, rested, more) => {
        const clock = pace === null ? startClock({ kind: 'race' }, TOTAL, AT) : started(pace);
        expect(secondsGone(clock, AT - 3_000, TOTAL)).toBe(0);
        expect(secondsGone(clock, AT + ran, TOTAL)).toBeCloseTo(ran / 1_000, 6);
        const halted = pauseClock(clock, AT + ran, 0);
        const gone = secondsGone(halted, AT + ran, TOTAL);
        const step = pace === null ? 0 : 1 / pace;
        expect(gone).toBeLessThanOrEqual(ran / 1_000 + 1e-9);
        if (halted.kind === 'race' || halted.until < TOTAL) {
          expect(gone).toBeGreaterThan(ran / 1_000 - step - 1e-9);
          expect(secondsGone(halted, AT + ran + rested, TOTAL)).toBeCloseTo(gone, 9);
        }
        if (halted.kind === 'paced' && halted.until === TOTAL) return;
        const at = AT + ran + rested + 200;
        const resumed = resumeClock(halted, at, TOTAL);
        expect(secondsGone(resumed, at - 100, TOTAL)).toBeCloseTo(gone, 9);
        expect(secondsGone(resumed, at + more, TOTAL)).toBeCloseTo(gone + more / 1_000, 6);
      }),
    );
  });

  it('are each late device’s own after the end', () => {
    const clock = started(100);
    expect(secondsGone(clock, AT + 10 * TOTAL + 5_000, TOTAL)).toBeCloseTo(TOTAL / 100 + 5, 6);
  });
});

describe('the race', () => {
  const race = startClock({ kind: 'race' }, TOTAL, AT);

  it('asks for nothing before it starts, then for everything', () => {
    expect(targetStep(race, AT - 1, 0, TOTAL)).toBe(0);
    expect(nextStepAt(race, AT - 1)).toBe(AT);
    expect(targetStep(race, AT, 0, TOTAL)).toBe(TOTAL);
  });

  it('leaves each device where it is when it is halted', () => {
    const halted = pauseClock(race, AT + 5, 300);
    expect(targetStep(halted, AT + 1_000, 123, TOTAL)).toBe(123);
    const resumed = resumeClock(halted, AT + 2_000, TOTAL);
    expect(targetStep(resumed, AT + 1_999, 123, TOTAL)).toBe(123);
    expect(targetStep(resumed, AT + 2_000, 123, TOTAL)).toBe(TOTAL);
  });
});
