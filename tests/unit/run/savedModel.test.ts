import { describe, expect, it } from 'vitest';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import { fingerprint } from '../../../shared/model/fingerprint.ts';
import { goingOn } from '../../../shared/run/goingOn.ts';
import { createLearner, toyData, type TrainingData } from '../../../shared/run/learner.ts';
import { readSavedModel } from '../../../server/cli/readSavedModel.ts';
import { savedModel } from '../../../shared/run/savedModel.ts';
import type { RunSettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';

const TOY: RunSettings = {
  ...{ experiment: 'toy', model: 'mlp', seed: 3, steps: 60, init: { kind: 'seed' } },
  ...{ shape: 'moons', points: 60, hidden: 4, activation: 'tanh', batchSize: 8, order: 'shuffle' },
};
const LINE: RunSettings = {
  ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 60, init: { kind: 'zeros' } },
};

function dataOf(settings: RunSettings): TrainingData {
  return settings.experiment === 'toy'
    ? toyData(settings)
    : { experiment: 'linear', points: WORKSHOP };
}

function trained(settings: RunSettings, steps: number, rate = 0.3) {
  const learner = createLearner(settings, rate, dataOf(settings));
  const training = new Training(settings, learner);
  while (training.advance(steps, () => false));
  const { stepsDone, divergedAt, losses } = training;
  const at = { step: stepsDone, divergedAt, losses: losses.slice(0) };
  return { learner, losses, saved: savedModel(settings, rate, at, learner.parameters) };
}

describe('a model that is taken home', () => {
  it.each([
    ['toy', TOY],
    ['linear', LINE],
  ] as const)(
    'goes on to the same bits as one that was never interrupted: %s',
    (_name, settings) => {
      const whole = trained(settings, 60);
      const read = readSavedModel(JSON.stringify(trained(settings, 25).saved));
      if ('wrong' in read) throw new Error(read.wrong);
      const { model } = read;
      expect(model.step).toBe(25);
      expect(model.losses).toEqual([...whole.losses.slice(0, 25)]);
      const start = model.parameters.map((values) => values.map((value) => value!));
      const learner = createLearner(settings, model.learningRate, dataOf(settings), null, start);
      const rest = { ...settings, steps: 35 };
      const training = new Training(rest, goingOn(learner, model.step));
      while (training.advance(35, () => false));
      expect([...training.losses.slice(0)]).toEqual([...whole.losses.slice(25)]);
      expect(fingerprint(learner.parameters)).toBe(fingerprint(whole.learner.parameters));
    },
  );

  it('is refused in one line where nothing can go on from it', () => {
    const { saved } = trained(TOY, 5);
    const wrong = (change: object) => {
      const read = readSavedModel(JSON.stringify({ ...saved, ...change }));
      return 'wrong' in read ? read.wrong : null;
    };
    expect(wrong({})).toBeNull();
    expect(readSavedModel('{')).toEqual({ wrong: 'it is no JSON' });
    expect(wrong({ format: 'another' })).toMatch(/^format is not as in a saved model/);
    expect(wrong({ settings: { ...TOY, hidden: 400 } })).toMatch(/^settings.hidden /);
    expect(wrong({ settings: { ...TOY, hidden: 5 } })).toMatch(/parameters do not fit/);
    expect(wrong({ parameters: saved.parameters.map((values) => values.map(() => null)) })).toMatch(
      /do not fit/,
    );
    expect(wrong({ divergedAt: 4 })).toBe('it diverged at step 4');
    // What has left the numbers is written as null, which JSON knows.
    expect(
      savedModel(LINE, 9, { step: 1, divergedAt: 1, losses: [] }, [[NaN, Infinity]]),
    ).toMatchObject({ parameters: [[null, null]] });
  });
});
