import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultForm } from '../../../shared/plan/defaultForm.ts';
import { formOf } from '../../../shared/plan/formOf.ts';
import { planEffect, samePlan } from '../../../client/instructor/planEffect.ts';
import { startsOf, type PlanForm } from '../../../shared/plan/planForm.ts';
import { readPlan } from '../../../client/instructor/readPlan.ts';
import { SCHEMAS } from '../../../shared/protocol/schemas.ts';

function planOf(form: PlanForm) {
  const read = readPlan(form);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.plan;
}

function errorsOf(changes: Partial<PlanForm>) {
  const read = readPlan({ ...defaultForm(changes.experiment ?? 'linear'), ...changes });
  return 'errors' in read ? read.errors : {};
}

describe('a plan', () => {
  it.each([
    ['linear', 'perceptron'],
    ['mnist', 'softmax'],
    ['mnist', 'mlp'],
    ['mnist', 'convnet'],
    ['toy', 'mlp'],
  ] as const)('of the defaults for %s, %s, is one the server takes', (experiment, model) => {
    const plan = planOf(defaultForm(experiment, model));
    expect(v.safeParse(SCHEMAS.prepare, plan).success).toBe(true);
    expect(plan.settings).toMatchObject({ experiment, model });
    // A class hour has several runs: this one is over in less than a minute.
    expect(planEffect(plan).seconds).toBeLessThanOrEqual(60);
  });

  it('has no defaults for a model of another experiment', () => {
    expect(() => defaultForm('toy', 'convnet')).toThrow(RangeError);
  });

  it('starts a hidden layer from the seed, and from zeros only where somebody asked for it', () => {
    for (const model of ['mlp', 'convnet'] as const) {
      expect(startsOf(defaultForm('mnist', model))).toEqual(['seed']);
      expect(planOf(defaultForm('mnist', model)).settings.init).toEqual({ kind: 'seed' });
    }
    expect(startsOf(defaultForm('toy'))).toEqual(['seed']);
    expect(startsOf(defaultForm('mnist'))).toEqual(['zeros', 'seed']);
    expect(startsOf(defaultForm('linear'))).toEqual(['workshop', 'zeros', 'seed']);
    const plan = planOf({ ...defaultForm('toy'), start: 'zeros' });
    expect(plan.settings.init).toEqual({ kind: 'zeros' });
    expect(startsOf(formOf(plan))).toContain('zeros');
  });

  it.each<Partial<PlanForm>>([
    { start: 'seed', seed: '77', pace: 'race' },
    { length: '123', lengthIn: 'steps', rates: 'pick', from: '0.5', to: '0.01' },
    { experiment: 'mnist', images: 60_000, batchSize: '100', order: 'file', length: '3' },
    { experiment: 'mnist', lengthIn: 'steps', length: '100', rates: 'list', list: '1 0.1 0.01' },
    { experiment: 'mnist', model: 'convnet', length: '2', pace: 'race' },
    { experiment: 'mnist', model: 'mlp', start: 'zeros', rates: 'pick' },
    { experiment: 'toy', shape: 'spirals', points: '500', hidden: '16', activation: 'sigmoid' },
    { experiment: 'toy', lengthIn: 'steps', length: '77', batchSize: '7', order: 'file' },
  ])('survives the way to the form and back: %j', (changes) => {
    const { experiment = 'linear', model } = changes;
    const plan = planOf({ ...defaultForm(experiment, model), ...changes });
    const again = planOf(formOf(plan));
    expect(again).toEqual(plan);
    expect(samePlan(again, plan)).toBe(true);
  });

  it('takes rates as they are shown, and the one of two readings that is possible', () => {
    const form = { ...defaultForm('linear'), from: '0.123456', to: '1,23456' };
    expect(planOf(form).rates).toMatchObject({ from: 0.123, to: 1.23 });
    expect(planOf({ ...form, rates: 'list', list: '0,12345; 2' }).rates).toMatchObject({
      rates: [0.123, 2],
    });
    expect(planOf({ ...form, length: '1,000' }).settings.steps).toBe(1_000);
    expect(planOf({ ...form, stepsPerSecond: '20,000', pace: 'paced' }).pace).toMatchObject({
      stepsPerSecond: 20,
    });
  });

  it('counts an epoch of a batch that does not divide the images', () => {
    const plan = planOf({ ...defaultForm('mnist'), length: '3', stepsPerSecond: '21' });
    expect(planEffect(plan)).toEqual({
      stepsPerEpoch: 63,
      steps: 189,
      epochs: 3,
      every: 1,
      seconds: 9,
      download: (2_000 + 10_000) * 157,
    });
  });

  it('has no length in seconds at full speed', () => {
    expect(planEffect(planOf({ ...defaultForm('linear'), pace: 'race' })).seconds).toBeNull();
  });

  it('does not depend on the order of its fields', () => {
    const plan = planOf(defaultForm('mnist'));
    const reversed = Object.fromEntries(Object.entries(plan.settings).reverse());
    expect(samePlan(plan, { ...plan, settings: reversed as typeof plan.settings })).toBe(true);
    expect(samePlan(plan, { ...plan, pace: { kind: 'race' } })).toBe(false);
  });
});

describe('a form with something wrong in it', () => {
  it('says in which field and what', () => {
    expect(errorsOf({ length: '' })).toEqual({ length: { error: 'missing' } });
    expect(errorsOf({ length: '2.5' })).toEqual({ length: { error: 'notWhole' } });
    expect(errorsOf({ seed: 'abc' })).toEqual({ seed: { error: 'notNumber', text: 'abc' } });
    expect(errorsOf({ stepsPerSecond: '0' }).stepsPerSecond?.error).toBe('outOfRange');
    expect(errorsOf({ from: '0', to: '1e9' })).toMatchObject({
      from: { error: 'outOfRange' },
      to: { error: 'outOfRange' },
    });
    expect(errorsOf({ rates: 'list', list: '' }).list).toEqual({ error: 'missing' });
    expect(errorsOf({ rates: 'list', list: '0.1 x' }).list).toEqual({
      error: 'notNumber',
      text: 'x',
    });
    expect(errorsOf({ from: '1,250' }).from).toEqual({
      error: 'ambiguous',
      text: '1,250',
      readings: [1250, 1.25],
    });
    expect(errorsOf({ rates: 'list', list: '1,5 2,5' }).list).toEqual({ error: 'ambiguousList' });
    expect(errorsOf({ length: '1.000' })).toEqual({ length: { error: 'notWhole' } });
    expect(errorsOf({ rates: 'list', list: '1 '.repeat(101) }).list?.error).toBe('tooMany');
  });

  it.each([
    [{ points: '19' }, { points: { error: 'outOfRange', min: 20, max: 2_000 } }],
    [{ points: '2001' }, { points: { error: 'outOfRange', min: 20, max: 2_000 } }],
    [{ hidden: '0' }, { hidden: { error: 'outOfRange', min: 1, max: 32 } }],
    [{ hidden: '33' }, { hidden: { error: 'outOfRange', min: 1, max: 32 } }],
    [{ hidden: '2,5' }, { hidden: { error: 'notWhole' } }],
    [{ batchSize: '' }, { batchSize: { error: 'missing' } }],
  ])('says what is wrong with toy points: %j', (changes, errors) => {
    expect(errorsOf({ experiment: 'toy', ...changes })).toEqual(errors);
  });

  it('does not ask about fields that the choice does not use', () => {
    expect(errorsOf({ pace: 'race', stepsPerSecond: 'x' })).toEqual({});
    expect(errorsOf({ rates: 'list', from: 'x' })).toEqual({});
    expect(errorsOf({ batchSize: 'x', points: 'x', hidden: '0' })).toEqual({});
    expect(errorsOf({ experiment: 'mnist', points: 'x', hidden: '0' })).toEqual({});
  });

  it('says how many epochs fit when the run would be too long', () => {
    const form = { experiment: 'mnist', images: 60_000, batchSize: '1', length: '40' } as const;
    expect(errorsOf(form).length).toEqual({ error: 'tooLong', max: 33 });
  });
});
