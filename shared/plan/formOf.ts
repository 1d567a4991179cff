import type { RunPlan } from '../protocol/views.ts';
import { stepsPerEpoch, type Init } from '../run/settings.ts';
import { defaultForm } from './defaultForm.ts';
import type { PlanForm } from './planForm.ts';

/** No plan starts on a ramp: the server takes none. */
const START: Record<Init['kind'], PlanForm['start']> = {
  values: 'workshop',
  zeros: 'zeros',
  seed: 'seed',
  ramp: 'seed',
};

/** The form that gives `plan`. */
export function formOf(plan: RunPlan): PlanForm {
  const { settings, pace, rates } = plan;
  const form = defaultForm(settings.experiment, settings.model);
  const epoch = stepsPerEpoch(settings);
  form.lengthIn = settings.steps % epoch === 0 ? 'epochs' : 'steps';
  form.length = String(form.lengthIn === 'epochs' ? settings.steps / epoch : settings.steps);
  form.start = START[settings.init.kind];
  form.seed = String(settings.seed);
  if (settings.experiment !== 'linear') {
    form.batchSize = String(settings.batchSize);
    form.order = settings.order;
  }
  if (settings.experiment === 'mnist') form.images = settings.images;
  if (settings.experiment === 'toy') {
    form.shape = settings.shape;
    form.points = String(settings.points);
    form.hidden = String(settings.hidden);
    form.activation = settings.activation;
  }
  form.bets = plan.bets ?? false;
  form.pace = pace.kind;
  if (pace.kind === 'paced') form.stepsPerSecond = String(pace.stepsPerSecond);
  form.rates = rates.kind;
  if (rates.kind === 'list') {
    form.list = rates.rates.join('; ');
  } else {
    form.from = String(rates.from);
    form.to = String(rates.to);
  }
  return form;
}
