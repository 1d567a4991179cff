import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  pauseClock,
  resumeClock,
  singleStep,
  startClock,
  type Clock,
} from '../../../shared/clock.ts';
import { WORKSHOP, WORKSHOP_START } from '../../../shared/data/linear.ts';
import { Trainee, type Sink } from '../../../shared/live/trainee.ts';
import { createLearner } from '../../../shared/run/learner.ts';
import type { RunSettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';

const settings: RunSettings = {
  experiment: 'linear',
  model: 'perceptron',
  init: { kind: 'values', ...WORKSHOP_START },
  seed: 1,
  steps: 200,
};

function training(learningRate = 0.1): Training {
  const data = { experiment: 'linear', points: WORKSHOP } as const;
  return new Training(settings, createLearner(settings, learningRate, data));
}

/** A trainee on fake time, with all that it handed over. */
function trainee(options: { learningRate?: number; doneBefore?: number } = {}) {
  const losses: number[] = [];
  const left: number[] = [];
  const sink: Sink = {
    losses(from, values) {
      expect(from).toBe(losses.length);
      losses.push(...values);
    },
    evaluations: () => expect.unreachable('linear has no test images'),
    diverged: (atStep) => left.push(atStep),
  };
  const one = new Trainee(training(options.learningRate), sink, options.doneBefore);
  return { one, losses, left, work: (now: number) => one.work(now, () => false) };
}

const paced = (at: number): Clock =>
  startClock({ kind: 'paced', stepsPerSecond: 10 }, settings.steps, at);

describe('a trainee', () => {
  it('[P23] is at the step that the clock shows, and asks to be woken for the next', () => {
    const { one, work } = trainee();
    expect(work(0)).toBeNull();
    one.follow(paced(1_000));
    expect(work(0)).toBe(1_100);
    expect(one.training.stepsDone).toBe(0);
    expect(work(1_100)).toBe(100);
    expect(one.training.stepsDone).toBe(1);
    work(2_050);
    expect(one.training.stepsDone).toBe(10);
  });

  it('catches up at once after a sleep, and halts at the end', () => {
    const { one, work, losses } = trainee();
    one.follow(paced(0));
    work(150_000);
    expect(one.training.isFinished).toBe(true);
    expect(losses.length).toBe(settings.steps);
    expect(work(160_000)).toBeNull();
  });

  it('[P24] halts where the pause says, single-steps, and goes on', () => {
    const { one, work } = trainee();
    const clock = paced(0);
    one.follow(clock);
    work(1_000);
    const paused = pauseClock(clock, 1_000, 300);
    one.follow(paused);
    expect(work(1_300)).toBeNull();
    expect(one.training.stepsDone).toBe(13);
    if (paused.kind !== 'paced') return expect.unreachable();
    const stepped = singleStep(paused, 2_000, 2, settings.steps);
    one.follow(stepped);
    expect(work(2_000)).toBeNull();
    expect(one.training.stepsDone).toBe(15);
    one.follow(resumeClock(stepped, 3_000, settings.steps));
    work(3_500);
    expect(one.training.stepsDone).toBe(20);
  });

  it('computes the same whatever pauses, sleeps and steps the clock went through', () => {
    const whole = training();
    whole.advance(settings.steps, () => false);
    const event = fc.record({
      wait: fc.integer({ min: 0, max: 3_000 }),
      what: fc.constantFrom('pause', 'resume', 'step', 'nothing'),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const { one, work, losses } = trainee();
        let clock = paced(0);
        let now = 0;
        for (const { wait, what } of events) {
          now += wait;
          if (what === 'pause') clock = pauseClock(clock, now, 300);
          if (what === 'resume') clock = resumeClock(clock, now, settings.steps);
          if (what === 'step' && clock.kind === 'paced') {
            clock = singleStep(pauseClock(clock, now, 0) as typeof clock, now, 1, settings.steps);
          }
          one.follow(clock);
          work(now);
        }
        one.follow({ kind: 'race', at: 0, going: true, gone: 0 });
        work(now);
        expect(losses).toEqual([...whole.losses.slice(0)]);
      }),
    );
  });

  it('in a race runs to the end, halted it stays where it is', () => {
    const { one, work } = trainee();
    one.follow({ kind: 'race', at: 500, going: true, gone: 0 });
    expect(work(0)).toBe(500);
    let left = 30;
    expect(one.work(500, () => --left <= 0)).toBe(0);
    expect(one.training.stepsDone).toBe(30);
    one.follow({ kind: 'race', at: 500, going: false, gone: 0 });
    expect(work(600)).toBeNull();
    expect(one.training.stepsDone).toBe(30);
    one.follow({ kind: 'race', at: 700, going: true, gone: 0 });
    work(700);
    expect(one.training.isFinished).toBe(true);
  });

  it('after a reload repeats what was done before, though the race is halted', () => {
    const { one, work, losses } = trainee({ doneBefore: 40 });
    one.follow({ kind: 'race', at: 0, going: false, gone: 0 });
    work(0);
    expect(losses.length).toBe(40);
  });

  it('says once that it diverged', () => {
    const { one, work, left, losses } = trainee({ learningRate: 3 });
    one.follow({ kind: 'race', at: 0, going: true, gone: 0 });
    work(0);
    work(1);
    expect(left).toEqual([losses.length]);
  });
});
