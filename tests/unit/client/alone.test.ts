import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AloneDraft } from '../../../client/alone/aloneDraft.svelte.ts';
import {
  alonePlan,
  evenlyChosen,
  linkOf,
  mostRates,
  readLink,
} from '../../../client/alone/aloneLink.ts';
import { routeOf } from '../../../client/app/route.ts';
import { PRESETS } from '../../../client/instructor/presets.ts';
import { MAX_ALONE_RATES } from '../../../shared/limits.ts';

const planOf = (link: string) => {
  const { plan, problems } = readLink(link);
  return problems.length === 0 ? plan : null;
};
const TOY =
  'experiment=toy&model=mlp&order=shuffle&shape=moons&activation=tanh&seed=1&steps=300&batchSize=16' +
  '&points=200&hidden=8&start=seed&pace=race&rates=0.001,0.01';

const GOOD =
  'experiment=linear&model=perceptron&seed=1&steps=200&start=workshop&pace=20&rates=0.01,0.1';

/** Two links ask for the same, but for these parameters. */
function expectSame(link: string, other: string, ...except: string[]): void {
  const [a, b] = [new URLSearchParams(link), new URLSearchParams(other)];
  for (const name of b.keys()) {
    if (except.includes(name)) continue;
    const read = (text: string | null) =>
      name === 'rates'
        ? [...new Set(text?.split(',').map(Number))]
        : [text, Number(text)].at(Number.isNaN(Number(text)) ? 0 : 1);
    expect(read(b.get(name)), name).toEqual(read(a.get(name)));
  }
}

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
    ['nothing', '', 'experiment', null],
    ['an experiment that there is not', GOOD.replace('linear', 'cubic'), 'experiment', 'cubic'],
    ['what every object has', GOOD.replace('linear', 'toString'), 'experiment', 'toString'],
    ['a model of another experiment', GOOD.replace('perceptron', 'softmax'), 'model', 'softmax'],
    ['a length of no steps', GOOD.replace('steps=200', 'steps=0'), 'steps', '0'],
    ['no length', GOOD.replace('&steps=200', ''), 'steps', null],
    ['a length that is no number', GOOD.replace('steps=200', 'steps=many'), 'steps', 'many'],
    ['an endless run', GOOD.replace('steps=200', 'steps=1e12'), 'steps', '1e12'],
    ['half a step', GOOD.replace('steps=200', 'steps=2.5'), 'steps', '2.5'],
    ['two lengths', `${GOOD}&steps=100`, 'steps', '200 & 100'],
    ['a rate that is none', GOOD.replace('0.01,', '0.01,x,'), 'rates', '0.01,x,0.1'],
    ['a rate of nothing', GOOD.replace('0.01,', '0.01,,'), 'rates', '0.01,,0.1'],
    ['a rate out of range', GOOD.replace('0.01,', '1e9,'), 'rates', '1e9,0.1'],
    ['no rate', GOOD.replace(/&rates.*/, ''), 'rates', null],
    ['a pace of nothing', GOOD.replace('pace=20', 'pace=0'), 'pace', '0'],
    ['a start that there is not', GOOD.replace('workshop', 'ramp'), 'start', 'ramp'],
    ['a start of another experiment', TOY.replace('=seed', '=workshop'), 'start', 'workshop'],
    ['a shape that there is not', TOY.replace('moons', 'suns'), 'shape', 'suns'],
    ['too many neurons', TOY.replace('hidden=8', 'hidden=1000000'), 'hidden', '1000000'],
  ])(
    'with %s says which and what is possible, and stands for no other run',
    (_, link, name, value) => {
      const { plan, problems } = readLink(link);
      expect(problems.map((each) => [each.name, each.value])).toEqual([[name, value]]);
      expect(problems[0]!.allowed.kind).toBeTypeOf('string');
      // All else is taken as it is, and the usual stands for what is wrong.
      if (name === 'experiment') expect(plan).toBeNull();
      else expectSame(link, linkOf(plan!), name);
    },
  );

  it('is read back as it was, whatever run it is of', () => {
    const rates = fc.uniqueArray(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), {
      ...{ minLength: 1, maxLength: 8 },
    });
    const seed = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(
        fc.constantFrom(GOOD, TOY),
        rates,
        seed,
        fc.integer({ min: 1, max: 9_999 }),
        (link, rates, seed, steps) => {
          const fields = new URLSearchParams(link);
          fields.set('rates', rates.join(','));
          fields.set('seed', String(seed));
          fields.set('steps', String(steps));
          const { plan, problems } = readLink(String(fields));
          expect(problems).toEqual([]);
          expect(readLink(linkOf(plan!))).toEqual({ plan, problems: [] });
          expect(plan).toMatchObject({ settings: { seed, steps }, rates: { rates } });
        },
      ),
    );
  });

  it('never throws, and never stands for something else without saying so, however it is mangled', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'linear',
        'mnist',
        'toy',
        'softmax',
        'mlp',
        '1',
        '2000',
        '0.1',
        '-1',
        '1e99',
        'NaN',
        'race',
      ),
    );
    const names = [...new URLSearchParams(`${TOY}&images=2000`).keys()];
    const mangled = fc
      .tuple(fc.constantFrom(GOOD, TOY), fc.dictionary(fc.constantFrom(...names), fc.option(piece)))
      .map(([link, changes]) => {
        const fields = new URLSearchParams(link);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) fields.delete(name);
          else fields.set(name, value);
        }
        return String(fields);
      });
    fc.assert(
      fc.property(fc.oneof(fc.string(), mangled), (link) => {
        const { plan, problems } = readLink(link);
        if (problems.length === 0) expect(plan).not.toBeNull();
        if (!plan) return;
        expectSame(link, linkOf(plan), ...problems.map(({ name }) => name));
        expect(readLink(linkOf(plan))).toEqual({ plan, problems: [] });
      }),
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

  it('that asks for hundreds of rates is read too, and as many as can be had are taken on demand', () => {
    const many = Array.from({ length: 700 }, (_, k) => (k + 1) / 1_000);
    const { plan, problems } = readLink(GOOD.replace('0.01,0.1', many.join(',')));
    expect(problems).toEqual([]);
    expect(plan?.rates.rates).toEqual(many);
    const alone = new AloneDraft(plan);
    expect(alone.plan).toBeNull();
    expect(alone.listError).toEqual({ error: 'tooMany', max: 8 });
    alone.useRates(evenlyChosen(many, 8));
    expect(alone.plan?.rates.rates).toEqual([0.001, 0.101, 0.201, 0.301, 0.4, 0.5, 0.6, 0.7]);
    expect(evenlyChosen([3, 1, 2], 8)).toEqual([1, 2, 3]);
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
