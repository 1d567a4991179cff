import { SvelteMap } from 'svelte/reactivity';
import type { Bet } from '../../shared/run/bets.ts';
import { PlanDraft } from '../instructor/planDraft.svelte.ts';
import type { PlanForm } from '../../shared/plan/planForm.ts';
import { formOf } from '../../shared/plan/formOf.ts';
import { asksSame, presetForm, PRESETS, type Preset } from '../instructor/presets.ts';
import type { FieldError } from '../instructor/readPlan.ts';
import { rateAt } from '../../shared/run/rates.ts';
import type { Experiment, Model } from '../../shared/run/settings.ts';
import { alonePlan, mostRates, type AlonePlan } from './aloneLink.ts';

/** What somebody puts together alone: the instructor's form, with a list of learning rates. */
export class AloneDraft {
  /** What each learning rate is expected to do in the next run of this model, of those that were guessed. */
  readonly bets = new SvelteMap<number, Bet>();
  readonly draft = new PlanDraft();
  /** Null while something is wrong with it. */
  readonly plan = $derived.by(() => this.draft.plan && alonePlan(this.draft.plan));
  readonly listError = $derived.by((): FieldError | undefined => {
    const { plan, errors } = this.draft;
    if (errors.list?.error === 'tooMany')
      return { error: 'tooMany', max: mostRates(this.draft.form) };
    if (errors.list || !plan || this.plan) return errors.list;
    return { error: 'tooMany', max: mostRates(plan.settings) };
  });
  readonly preset = $derived.by(
    () => PRESETS.find((preset) => asksSame(aloneForm(preset), this.draft.form)) ?? null,
  );

  constructor(plan: AlonePlan | null) {
    this.draft.form = plan ? formOf(plan) : aloneForm('lowOrHigh');
  }

  usePreset(preset: Preset): void {
    this.bets.clear();
    this.draft.use(aloneForm(preset));
  }

  useRates(rates: readonly number[]): void {
    this.draft.form.list = rates.join('; ');
  }

  choose(experiment: Experiment): void {
    this.bets.clear();
    this.draft.choose(experiment);
    this.list();
  }

  chooseModel(model: Model): void {
    this.bets.clear();
    this.draft.chooseModel(model);
    this.list();
  }

  private list(): void {
    if (this.draft.form.rates !== 'list') this.draft.form = listed(this.draft.form);
  }
}

/** The run of one of the workshop's moments, for a single browser: for all images it has no room. */
function aloneForm(preset: Preset): PlanForm {
  const form = presetForm(preset);
  const smaller = preset === 'softmax' ? { images: 10_000 as const, length: '3' } : {};
  return listed({ ...form, ...smaller });
}

/** The same with as many rates as a browser trains, spread over the range. */
function listed(form: PlanForm): PlanForm {
  const [from, to] = [Number(form.from), Number(form.to)];
  const most = mostRates(form);
  const rates = Array.from({ length: most }, (_, k) => rateAt(from, to, k / (most - 1)));
  return { ...form, rates: 'list', list: rates.join('; ') };
}
