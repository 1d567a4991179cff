import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { formOf } from '../../../shared/plan/formOf.ts';
import { planEffect } from '../../../client/instructor/planEffect.ts';
import { PRESETS, presetForm, presetOf } from '../../../client/instructor/presets.ts';
import { rateEffect } from '../../../client/instructor/rateEffect.ts';
import { readPlan } from '../../../client/instructor/readPlan.ts';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import { edgeOfStability } from '../../../shared/model/edge.ts';
import { SCHEMAS } from '../../../shared/protocol/schemas.ts';
import { createLearner } from '../../../shared/run/learner.ts';
import { dealRate } from '../../../shared/run/rates.ts';
import { Training } from '../../../shared/run/training.ts';

const CLASS = [...Array(30).keys()];

function planOf(preset: (typeof PRESETS)[number]) {
  const read = readPlan(presetForm(preset));
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.plan;
}

describe('a moment of the workshop', () => {
  it.each(PRESETS)('%s, is a run that the server takes, over within a minute', (preset) => {
    const plan = planOf(preset);
    expect(v.safeParse(SCHEMAS.prepare, plan).success).toBe(true);
    expect(planEffect(plan).seconds).toBeLessThanOrEqual(60);
  });

  it.each(PRESETS)(
    '%s, is known again when students have it, and not once it is changed',
    (preset) => {
      const form = formOf(planOf(preset));
      expect(presetOf(form)).toBe(preset);
      expect(presetOf({ ...form, to: '7' })).toBeNull();
      expect(presetOf({ ...form, pace: 'race' })).toBeNull();
    },
  );

  it('has the whole of MNIST for the whole class: 1,875 steps an epoch in about 40 s', () => {
    const { stepsPerEpoch, epochs, seconds, download } = planEffect(planOf('softmax'));
    expect({ stepsPerEpoch, epochs }).toEqual({ stepsPerEpoch: 1_875, epochs: 1 });
    expect(seconds).toBeGreaterThan(39);
    expect(seconds).toBeLessThan(41);
    // 60,000 images and 10,000 to test on.
    expect(download / 1e6).toBeCloseTo(11, 0);
  });

  it('has the edge that the theory computes: the loss of who is past it grows, and of nobody else', () => {
    const plan = planOf('edge');
    const edge = edgeOfStability(WORKSHOP.x);
    const rates = CLASS.map((k) => dealRate(plan.rates, k)!);
    for (const rate of rates) {
      const data = { experiment: 'linear' as const, points: WORKSHOP };
      const training = new Training(plan.settings, createLearner(plan.settings, rate, data, null));
      training.advance(plan.settings.steps, () => false);
      const { losses, divergedAt } = training;
      const grows = divergedAt !== null || losses.at(losses.length - 1) > losses.at(100);
      expect(grows, `rate ${rate}, edge ${edge}`).toBe(rate > edge);
      if (rate > 1.03 * edge) expect(divergedAt, `rate ${rate}`).not.toBeNull();
    }
    const { above } = rateEffect(plan, CLASS)!.edge!;
    expect(above).toBe(rates.filter((rate) => rate > edge).length);
    // About half of the class on each side.
    expect(above).toBeGreaterThanOrEqual(12);
    expect(above).toBeLessThanOrEqual(18);
  });
});

describe('what a plan means for the class', () => {
  it('follows who is there, and whose rate that is', () => {
    const plan = planOf('lowOrHigh');
    expect(rateEffect(plan, [])).toBeNull();
    expect(rateEffect(plan, [0])).toMatchObject({ students: 1, from: 0.01, to: 0.01 });
    expect(rateEffect(plan, [0, 1])).toMatchObject({ from: 0.01, to: 2, edge: { above: 1 } });
    // The second has left: his rate is not dealt to anybody.
    expect(rateEffect(plan, [0, 2])).toMatchObject({ to: 0.141, edge: { above: 0 } });
  });

  it('counts a listed rate once, and has no edge where there is no theory', () => {
    const plan = { ...planOf('softmax'), rates: { kind: 'list' as const, rates: [0.1, 1] } };
    expect(rateEffect(plan, CLASS)).toEqual({
      students: 30,
      from: 0.1,
      to: 1,
      different: 2,
      edge: null,
    });
  });

  it('says nothing of rates that students pick', () => {
    const plan = { ...planOf('toy'), rates: { kind: 'pick' as const, from: 0.1, to: 1 } };
    expect(rateEffect(plan, CLASS)).toBeNull();
  });
});
