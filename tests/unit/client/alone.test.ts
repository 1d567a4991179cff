import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AloneDraft } from '../../../client/alone/aloneDraft.svelte.ts';
import { alonePlan, linkOf, mostRates, planOf } from '../../../client/alone/aloneLink.ts';
import { routeOf } from '../../../client/app/route.ts';
import { PRESETS } from '../../../client/instructor/presets.ts';
import { MAX_ALONE_RATES } from '../../../shared/limits.ts';

const GOOD =
  'experiment=linear&model=perceptron&seed=1&steps=200&start=workshop&pace=20&rates=0.01,0.1';

describe('the link of a run alone', () => {
  it.each(PRESETS)('for %s, gives the same run back, and the form that it was', (preset) => {
    const alone = new AloneDraft(null);
    alone.usePreset(preset);
    const { plan } = alone;
    expect(plan).not.toBeNull();
    expect(plan!.rates.rates.length).toBe(MAX_ALONE_RATES);
    const read = planOf(linkOf(plan!));
    expect(read).toEqual(plan);
    const shared = new AloneDraft(read);
    expect(shared.plan).toEqual(plan);
    expect(shared.preset).toBe(preset);
  });

  it('is read as an address carries it', () => {
    expect(routeOf('alone', `#${GOOD}`)).toEqual({ page: 'alone', link: GOOD });
    expect(routeOf('alone', '')).toEqual({ page: 'alone', link: '' });
    expect(planOf(GOOD)?.rates.rates).toEqual([0.01, 0.1]);
  });

  it.each([
    ['nothing', ''],
    ['an experiment that there is not', GOOD.replace('linear', 'cubic')],
    ['a model of another experiment', GOOD.replace('perceptron', 'softmax')],
    ['a length of no steps', GOOD.replace('steps=200', 'steps=0')],
    ['no length', GOOD.replace('&steps=200', '')],
    ['a length that is no number', GOOD.replace('steps=200', 'steps=many')],
    ['an endless run', GOOD.replace('steps=200', 'steps=1e12')],
    ['a rate that is none', GOOD.replace('0.01,', '0.01,x,')],
    ['a rate of nothing', GOOD.replace('0.01,', '0.01,,')],
    ['a rate out of range', GOOD.replace('0.01,', '1e9,')],
    ['no rate', GOOD.replace(/&rates.*/, '')],
    ['a pace of nothing', GOOD.replace('pace=20', 'pace=0')],
    ['a start that there is not', GOOD.replace('workshop', 'ramp')],
  ])('is refused with %s', (_, link) => {
    expect(planOf(link)).toBeNull();
  });

  it('is never anything but a plan or refused, whatever it is', () => {
    const fields = fc.dictionary(
      fc.constantFrom('experiment', 'model', 'seed', 'steps', 'start', 'pace', 'rates', 'images'),
      fc.oneof(fc.string(), fc.constantFrom('linear', 'mnist', 'softmax', '1', '2000', '0.1')),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fields.map((f) => String(new URLSearchParams(f))),
        ),
        (link) => {
          const plan = planOf(link);
          if (plan && alonePlan(plan)) expect(planOf(linkOf(plan))).toEqual(plan);
        },
      ),
    );
  });

  it('that asks for more than one browser trains is read, and said to be too much', () => {
    const read = planOf(GOOD.replace('0.01,', '1,2,3,4,5,6,7,8,'));
    expect(read?.rates.rates).toHaveLength(9);
    expect(alonePlan(read!)).toBeNull();
    const alone = new AloneDraft(read);
    expect(alone.plan).toBeNull();
    expect(alone.listError).toEqual({ error: 'tooMany', max: 8 });
  });

  it('has no guesses of another model', () => {
    for (const change of [
      (alone: AloneDraft) => alone.usePreset('toy'),
      (alone: AloneDraft) => alone.choose('toy'),
      (alone: AloneDraft) => alone.chooseModel('mlp'),
    ]) {
      const alone = new AloneDraft(null);
      alone.choose('mnist');
      alone.bets.set(0.1, 'good');
      change(alone);
      expect(alone.bets.size).toBe(0);
    }
  });

  it('drops a rate that is there twice: the two curves would be one', () => {
    expect(planOf(GOOD.replace('0.01,', '0.1,0.10,'))?.rates.rates).toEqual([0.1]);
  });
});

describe('a browser alone', () => {
  it('trains as many models as its memory holds images for', () => {
    expect(mostRates({ experiment: 'linear' })).toBe(8);
    expect(mostRates({ experiment: 'mnist', images: 10_000 })).toBe(8);
    expect(mostRates({ experiment: 'mnist', images: 60_000 })).toBe(2);
  });

  it('says which field is wrong when there are too many rates', () => {
    const alone = new AloneDraft(null);
    alone.usePreset('softmax');
    alone.draft.form.images = 60_000;
    expect(alone.plan).toBeNull();
    expect(alone.listError).toEqual({ error: 'tooMany', max: 2 });
    alone.draft.form.list = '0.1; 1';
    expect(alone.plan?.rates.rates).toEqual([0.1, 1]);
    alone.draft.form.list = 'x';
    expect(alone.listError).toEqual({ error: 'notNumber', text: 'x' });
  });
});
