import { describe, expect, it } from 'vitest';
import { PlanDraft } from '../../../client/instructor/planDraft.svelte.ts';
import type { RunView } from '../../../shared/protocol/views.ts';

/** The run as all pages see it once a screen has prepared its draft. */
function preparedBy(draft: PlanDraft, number = 1): RunView {
  return { ...draft.plan!, number, clock: null, reference: null };
}

describe('two screens of one instructor', () => {
  it('show the run that either of them has prepared', () => {
    const laptop = new PlanDraft();
    const phone = new PlanDraft();
    laptop.usePreset('edge');
    const run = preparedBy(laptop);
    for (const draft of [laptop, phone]) draft.follow(run);
    expect(phone.isPrepared && laptop.isPrepared).toBe(true);
    expect(phone.form.from).toBe(laptop.form.from);
    phone.usePreset('toy');
    const another = preparedBy(phone);
    for (const draft of [laptop, phone]) draft.follow(another);
    expect(laptop.form.experiment).toBe('toy');
    expect(laptop.isPrepared).toBe(true);
  });

  it('keep what was typed for another experiment, whichever screen turned to it', () => {
    const phone = new PlanDraft();
    phone.form.length = '77';
    const laptop = new PlanDraft();
    laptop.usePreset('softmax');
    phone.take({ ...laptop.form });
    expect(phone.form.model).toBe('softmax');
    phone.choose('linear');
    expect(phone.form.length).toBe('77');
  });

  it('keep what one of them has changed and not sent, and say so', () => {
    const laptop = new PlanDraft();
    const phone = new PlanDraft();
    const run = preparedBy(laptop);
    for (const draft of [laptop, phone]) draft.follow(run);
    phone.form.length = '77';
    laptop.usePreset('softmax');
    const another = preparedBy(laptop);
    for (const draft of [laptop, phone]) draft.follow(another);
    expect(phone.form.length).toBe('77');
    expect(phone.isPrepared).toBe(false);
    phone.discard();
    expect(phone.isPrepared).toBe(true);
    expect(phone.form.experiment).toBe('mnist');
  });
});
