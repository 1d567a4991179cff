import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Replay } from '../../../server/verification/replay.ts';
import { ImageSet } from '../../../shared/data/images.ts';
import { PIXELS } from '../../../shared/data/idx.ts';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import type { Verdict } from '../../../shared/protocol/views.ts';
import { createLearner, type TrainingData } from '../../../shared/run/learner.ts';
import { evaluationSteps, type RunSettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';

const LINE: RunSettings = {
  experiment: 'linear',
  model: 'perceptron',
  seed: 1,
  steps: 2_500,
  init: { kind: 'zeros' },
};
const POINTS: TrainingData = { experiment: 'linear', points: WORKSHOP };

/** A handful of images made of noise: the arithmetic is what counts. */
const DIGITS: RunSettings = {
  experiment: 'mnist',
  model: 'softmax',
  seed: 7,
  steps: 60,
  init: { kind: 'seed' },
  images: 2_000,
  batchSize: 4,
  order: 'shuffle',
};

function noise(count: number, salt: number): ImageSet {
  const images = Uint8Array.from({ length: count * PIXELS }, (_, k) => (k * salt) % 251);
  const labels = Uint8Array.from({ length: count }, (_, k) => (k * salt) % 10);
  return ImageSet.of({ images, labels });
}
const IMAGES: TrainingData = {
  experiment: 'mnist',
  train: noise(2_000, 31),
  test: noise(40, 17),
};

/** What an honest student has after `steps` steps. */
function honest(settings: RunSettings, data: TrainingData, rate: number, steps = settings.steps) {
  const training = new Training(settings, createLearner(settings, rate, data));
  training.advance(steps, () => false);
  return {
    rate,
    losses: training.losses.slice(0).slice(),
    evaluations: training.evaluations.slice(0).slice(),
    divergedAt: training.divergedAt,
  };
}

type Claim = ReturnType<typeof honest>;

function verdict(settings: RunSettings, data: TrainingData, claim: Claim, piece = 7): Verdict {
  const replay = new Replay(settings, claim, { data, space: null });
  for (;;) {
    let left = piece;
    const found = replay.advance(() => --left <= 0);
    if (found) return found;
  }
}

const line = (claim: Claim) => verdict(LINE, POINTS, claim);
const digits = (claim: Claim) => verdict(DIGITS, IMAGES, claim);
const verified = { state: 'verified' };

describe('a replay', () => {
  it('[P50] verifies what an honest student reports, whole or as far as it came', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 3, noNaN: true }),
        fc.integer({ min: 3, max: LINE.steps }),
        (rate, steps) => {
          expect(line(honest(LINE, POINTS, rate, steps))).toEqual(verified);
        },
      ),
      { numRuns: 30 },
    );
    for (const steps of [1, 17, DIGITS.steps]) {
      expect(digits(honest(DIGITS, IMAGES, 0.5, steps))).toEqual(verified);
    }
  });

  it('verifies a run that diverged, where it diverged', () => {
    const claim = honest(LINE, POINTS, 3);
    expect(claim.divergedAt).not.toBeNull();
    expect(line(claim)).toEqual(verified);
    // Its connection was lost before it could say so.
    expect(line({ ...claim, divergedAt: null })).toEqual(verified);
  });

  it('verifies who has lost some evaluations, or some losses', () => {
    const claim = honest(DIGITS, IMAGES, 0.5);
    expect(digits({ ...claim, evaluations: claim.evaluations.slice(0, 4) })).toEqual(verified);
    expect(digits({ ...claim, losses: claim.losses.slice(0, 5) })).toEqual(verified);
  });

  it('[P50] refutes invented but plausible losses at the first of them', () => {
    const losses = Float32Array.from({ length: 834 }, (_, k) => 12 * Math.exp(-k / 100));
    const claim = { rate: 0.1, losses, evaluations: new Float32Array(0), divergedAt: null };
    expect(line(claim)).toEqual({ state: 'refuted', atStep: 3 });
  });

  it('[P50] refutes the losses of another learning rate, however near', () => {
    const claim = honest(LINE, POINTS, 0.1);
    expect(line({ ...claim, rate: 0.1001 })).toMatchObject({ state: 'refuted' });
    const curve = honest(DIGITS, IMAGES, 0.5);
    expect(digits({ ...curve, rate: 0.5 + 1e-6 })).toMatchObject({ state: 'refuted' });
  });

  it('[P50] refutes correct losses with one invented accuracy, or loss on the test images', () => {
    const due = evaluationSteps(DIGITS);
    for (const part of [0, 1]) {
      const claim = honest(DIGITS, IMAGES, 0.5);
      claim.evaluations[2 * 3 + part]! += 0.25;
      expect(digits(claim)).toEqual({ state: 'refuted', atStep: due[3] });
    }
  });

  it('[P50] refutes one bit of one value, at its step', () => {
    const whole = honest(LINE, POINTS, 0.1);
    fc.assert(
      fc.property(fc.nat(whole.losses.length - 1), fc.nat(22), (k, bit) => {
        const losses = whole.losses.slice();
        new Uint32Array(losses.buffer)[k]! ^= 1 << bit;
        const atStep = Math.min(3 * (k + 1), LINE.steps);
        expect(line({ ...whole, losses })).toEqual({ state: 'refuted', atStep });
      }),
      { numRuns: 30 },
    );
  });

  it('refutes an end that is invented: too early, too late, or none', () => {
    const claim = honest(LINE, POINTS, 0.1);
    const early = { ...claim, losses: claim.losses.slice(0, 10), divergedAt: 31 };
    expect(line(early)).toEqual({ state: 'refuted', atStep: 31 });
    const gone = honest(LINE, POINTS, 3);
    const atStep = gone.divergedAt!;
    expect(line({ ...gone, divergedAt: atStep + 1 })).toEqual({ state: 'refuted', atStep });
    const alive = Float32Array.from({ length: 834 }, (_, k) => gone.losses[k] ?? 1);
    expect(line({ ...gone, losses: alive, divergedAt: null })).toEqual({
      state: 'refuted',
      atStep,
    });
  });

  it('goes no further than the first value that differs', () => {
    const settings = { ...LINE, steps: 2_000_000 };
    const losses = new Float32Array(1_000).fill(0.5);
    const claim = { rate: 0.1, losses, evaluations: new Float32Array(0), divergedAt: null };
    const replay = new Replay(settings, claim, { data: POINTS, space: null });
    let steps = 0;
    const slice = () => (steps += 1) % 2_000 === 0;
    expect(replay.advance(slice)).toEqual({ state: 'refuted', atStep: 2_000 });
    expect(steps).toBe(2_000);
  });
});
