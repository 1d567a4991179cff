import { TIMING } from '../../shared/limits.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import type { Experiment, Model } from '../../shared/run/settings.ts';
import { defaultForm } from '../../shared/plan/defaultForm.ts';
import { formOf } from '../../shared/plan/formOf.ts';
import { samePlan } from './planEffect.ts';
import type { PlanForm } from '../../shared/plan/planForm.ts';
import { presetForm, type Preset } from './presets.ts';
import { readPlan, type FieldErrors } from './readPlan.ts';

/** The run that the instructor is putting together, beside the one that students already see. */
export class PlanDraft {
  form: PlanForm = $state(defaultForm('linear'));
  /** The field that was changed on another screen just now, and what was written there. */
  elsewhere = $state.raw<{ field: keyof PlanForm; value: string } | null>(null);
  private forgetting: ReturnType<typeof setTimeout> | undefined;
  private prepared = $state.raw<RunPlan | null>(null);
  private readonly read = $derived(readPlan(this.form));
  /** What was typed for other experiments and models, kept for the way back. */
  private readonly others = new Map<Experiment | `${Experiment} ${Model}`, PlanForm>();

  /** The plan as typed, or null while something is wrong with it. */
  get plan(): RunPlan | null {
    return 'plan' in this.read ? this.read.plan : null;
  }

  get errors(): FieldErrors {
    return 'errors' in this.read ? this.read.errors : {};
  }

  /** Whether students see exactly this run. */
  get isPrepared(): boolean {
    return this.prepared !== null && this.plan !== null && samePlan(this.plan, this.prepared);
  }

  get wasPrepared(): boolean {
    return this.prepared !== null;
  }

  /** The session's run has changed, perhaps from another screen; unsent changes are kept. */
  follow(run: RunPlan | null): void {
    if (!run) return;
    const untouched = this.prepared === null || this.isPrepared;
    this.prepared = run;
    if (untouched) this.form = formOf(run);
  }

  discard(): void {
    if (this.prepared) this.form = formOf(this.prepared);
  }

  /** Turns to another experiment, with the model that it last had. */
  choose(experiment: Experiment): void {
    if (experiment === this.form.experiment) return;
    this.keep();
    this.form = this.others.get(experiment) ?? defaultForm(experiment);
  }

  /** Turns to another model of the same experiment; what is a good run depends on the model. */
  chooseModel(model: Model): void {
    const { experiment } = this.form;
    if (model === this.form.model) return;
    this.keep();
    this.form = this.others.get(`${experiment} ${model}`) ?? defaultForm(experiment, model);
  }

  /** Turns to the run of one of the workshop's moments. */
  usePreset(preset: Preset): void {
    this.use(presetForm(preset));
  }

  /** Another screen has typed or chosen this. */
  take(form: PlanForm): void {
    const { experiment, model } = this.form;
    if (form.experiment !== experiment || form.model !== model) this.keep();
    this.form = form;
  }

  /** Another screen has changed this: said beside a single field, as a whole form can be seen. */
  noteElsewhere(change: Partial<PlanForm>): void {
    const [changed, ...others] = Object.entries(change) as [keyof PlanForm, unknown][];
    clearTimeout(this.forgetting);
    this.elsewhere = null;
    if (!changed || others.length > 0) return;
    this.elsewhere = { field: changed[0], value: String(changed[1]) };
    this.forgetting = setTimeout(() => (this.elsewhere = null), TIMING.changedElsewhere);
  }

  /** What was written in this field on another screen just now. */
  writtenElsewhere(field: keyof PlanForm): string | null {
    return this.elsewhere?.field === field ? this.elsewhere.value : null;
  }

  /** Turns to another form; what was typed is kept for the way back. */
  use(form: PlanForm): void {
    this.keep();
    this.form = form;
  }

  private keep(): void {
    const form = $state.snapshot(this.form);
    this.others.set(form.experiment, form);
    this.others.set(`${form.experiment} ${form.model}`, form);
  }
}
