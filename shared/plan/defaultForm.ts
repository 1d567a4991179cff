import type { Experiment, Model, RunSettings } from '../run/settings.ts';
import type { PlanForm } from './planForm.ts';

const COMMON = {
  lengthIn: 'epochs',
  seed: '1',
  images: 2_000,
  shape: 'moons',
  points: '200',
  hidden: '8',
  activation: 'relu',
  batchSize: '32',
  order: 'shuffle',
  pace: 'paced',
  bets: true,
  stepsPerSecond: '20',
  rates: 'spread',
} as const satisfies Partial<PlanForm>;

/** What a model's first run has of its own. */
type Own = Pick<PlanForm, 'length' | 'start' | 'from' | 'to' | 'list'> & Partial<PlanForm>;

type Defaults = {
  [E in Experiment]: Record<(RunSettings & { experiment: E })['model'], Own>;
};

/**
 * A first run that shows every behaviour: too low, good, too high, and past the edge. Each is over
 * in less than a minute, at a pace that holds for a phone, five times slower than a laptop, and for
 * 30 simulated students in one process.
 */
const DEFAULTS: Defaults = {
  linear: {
    perceptron: {
      length: '200',
      start: 'workshop',
      from: '0.01',
      to: '2',
      list: '0.01; 0.03; 0.1; 0.3; 1; 1.3; 1.4; 2',
    },
  },
  mnist: {
    softmax: {
      length: '5',
      start: 'zeros',
      from: '0.0001',
      to: '10',
      list: '0.0001; 0.001; 0.01; 0.1; 0.5; 1; 10',
    },
    // Good from 0.1 to 0.6; from 2 on it learns nothing more, and at 50 it leaves the chart.
    mlp: {
      length: '5',
      start: 'seed',
      from: '0.0005',
      to: '100',
      list: '0.001; 0.01; 0.1; 0.3; 0.5; 1; 2; 100',
    },
    // Good from 0.05 to 0.3; from 1 on all its neurons die, the higher the rate the higher the loss.
    convnet: {
      length: '3',
      start: 'seed',
      stepsPerSecond: '10',
      from: '0.0005',
      to: '5',
      list: '0.0005; 0.005; 0.02; 0.05; 0.1; 0.2; 0.5; 1; 5',
    },
  },
  toy: {
    // Good from 0.1 to 5; from 10 on its neurons die, and at 300 it leaves the chart.
    mlp: {
      length: '100',
      start: 'seed',
      batchSize: '16',
      stepsPerSecond: '40',
      from: '0.001',
      to: '500',
      list: '0.001; 0.01; 0.1; 0.3; 1; 3; 10; 500',
    },
  },
};

/** The model that an experiment opens with. */
const FIRST: Record<Experiment, Model> = { linear: 'perceptron', mnist: 'softmax', toy: 'mlp' };

export function hasModel(experiment: Experiment, model: Model): boolean {
  return Object.hasOwn(DEFAULTS[experiment], model);
}

/** Throws a RangeError where the experiment has no such model. */
export function defaultForm(experiment: Experiment, model = FIRST[experiment]): PlanForm {
  const models: Partial<Record<Model, Own>> = DEFAULTS[experiment];
  const own = models[model];
  if (!own) throw new RangeError(`${experiment} has no model ${model}`);
  return { experiment, model, ...COMMON, ...own };
}
