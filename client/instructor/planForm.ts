import { WORKSHOP_START } from '../../shared/data/linear.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import type { RatePolicy } from '../../shared/run/rates.ts';
import {
  stepsPerEpoch,
  type Experiment,
  type ImageCount,
  type Init,
  type MnistSettings,
} from '../../shared/run/settings.ts';

/** What the instructor has typed and chosen; numbers are kept as typed until they are read. */
export interface PlanForm {
  experiment: Experiment;
  length: string;
  lengthIn: 'epochs' | 'steps';
  start: 'workshop' | 'zeros' | 'seed';
  seed: string;
  /** Of the MNIST experiment only. */
  images: ImageCount;
  batchSize: string;
  order: MnistSettings['order'];
  pace: 'paced' | 'race';
  stepsPerSecond: string;
  rates: RatePolicy['kind'];
  from: string;
  to: string;
  list: string;
}

/** A first run that shows every behaviour: too low, good, and past the edge. */
const DEFAULTS: Record<Experiment, PlanForm> = {
  linear: {
    experiment: 'linear',
    length: '200',
    lengthIn: 'epochs',
    start: 'workshop',
    seed: '1',
    images: 2_000,
    batchSize: '32',
    order: 'shuffle',
    pace: 'paced',
    stepsPerSecond: '20',
    rates: 'spread',
    from: '0.01',
    to: '2',
    list: '0.01; 0.03; 0.1; 0.3; 1; 1.3; 1.4; 2',
  },
  mnist: {
    experiment: 'mnist',
    length: '5',
    lengthIn: 'epochs',
    start: 'zeros',
    seed: '1',
    images: 2_000,
    batchSize: '32',
    order: 'shuffle',
    pace: 'paced',
    stepsPerSecond: '20',
    rates: 'spread',
    from: '0.0001',
    to: '10',
    list: '0.0001; 0.001; 0.01; 0.1; 0.5; 1; 10',
  },
};

export function defaultForm(experiment: Experiment): PlanForm {
  return { ...DEFAULTS[experiment] };
}

/** The form that gives `plan`. */
export function formOf(plan: RunPlan): PlanForm {
  const { settings, pace, rates } = plan;
  const form = defaultForm(settings.experiment);
  const epoch = stepsPerEpoch(settings);
  form.lengthIn = settings.steps % epoch === 0 ? 'epochs' : 'steps';
  form.length = String(form.lengthIn === 'epochs' ? settings.steps / epoch : settings.steps);
  form.start = settings.init.kind === 'values' ? 'workshop' : settings.init.kind;
  form.seed = String(settings.seed);
  if (settings.experiment === 'mnist') {
    form.images = settings.images;
    form.batchSize = String(settings.batchSize);
    form.order = settings.order;
  }
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

export function initOf(start: PlanForm['start']): Init {
  return start === 'workshop' ? { kind: 'values', ...WORKSHOP_START } : { kind: start };
}
