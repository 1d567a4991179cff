import { WORKSHOP_START } from '../../shared/data/linear.ts';
import { SHAPES } from '../../shared/data/toy.ts';
import { MAX_BATCH_SIZE, MAX_HIDDEN, MAX_STEPS, TOY_POINTS } from '../../shared/limits.ts';
import { ACTIVATIONS } from '../../shared/model/activation.ts';
import {
  IMAGE_COUNTS,
  MNIST_MODELS,
  stepsPerEpoch,
  type Experiment,
  type ImageCount,
  type Init,
  type Model,
  type RunSettings,
} from '../../shared/run/settings.ts';
import { ArgumentError, choice, decimal, required, whole } from './argumentValues.ts';
import type { Given } from './trainArguments.ts';

const MODELS = {
  linear: ['perceptron'],
  mnist: MNIST_MODELS,
  toy: ['mlp'],
} as const satisfies Record<Experiment, readonly Model[]>;

const BATCHED = ['batch', 'order', 'code'] as const;

/** Options that mean something for one experiment only. */
const OWN = {
  linear: [],
  mnist: ['images', ...BATCHED],
  toy: ['shape', 'points', 'hidden', 'activation', ...BATCHED],
} as const satisfies Record<Experiment, readonly (keyof Given)[]>;

/** The run that the options describe. Throws an ArgumentError where they describe none. */
export function parseSettings(given: Given): RunSettings {
  const experiment = choice('--experiment', required('--experiment', given.experiment), [
    'linear',
    'mnist',
    'toy',
  ]);
  refuseForeign(experiment, given);
  const init = parseInit(given.init);
  const seed = parseSeed(given, init?.seed);
  const settings = withoutLength(experiment, given, init?.init, seed);
  return { ...settings, steps: parseSteps(given, settings) };
}

function withoutLength(
  experiment: Experiment,
  given: Given,
  init: Init | undefined,
  seed: number,
): RunSettings {
  const common = { seed, steps: 0 };
  switch (experiment) {
    case 'linear': {
      const model = choice('--model', given.model ?? 'perceptron', MODELS.linear);
      return { experiment, model, init: init ?? { kind: 'values', ...WORKSHOP_START }, ...common };
    }
    case 'mnist': {
      const model = choice('--model', given.model ?? 'softmax', MODELS.mnist);
      const images = choice('--images', given.images ?? '60000', IMAGE_COUNTS.map(String));
      return {
        experiment,
        model,
        init: forClassifier(init) ?? { kind: model === 'softmax' ? 'zeros' : 'seed' },
        ...common,
        images: Number(images) as ImageCount,
        ...batched(given),
      };
    }
    case 'toy':
      return {
        experiment,
        model: choice('--model', given.model ?? 'mlp', MODELS.toy),
        init: forClassifier(init) ?? { kind: 'seed' },
        ...common,
        shape: choice('--shape', given.shape ?? 'moons', SHAPES),
        points: whole('--points', given.points ?? '200', TOY_POINTS.min, TOY_POINTS.max),
        hidden: whole('--hidden', given.hidden ?? '8', 1, MAX_HIDDEN),
        activation: choice('--activation', given.activation ?? 'relu', ACTIVATIONS),
        ...batched(given),
      };
  }
}

function batched(given: Given): { batchSize: number; order: 'file' | 'shuffle' } {
  return {
    batchSize: whole('--batch', given.batch ?? '32', 1, MAX_BATCH_SIZE),
    order: choice('--order', given.order ?? 'file', ['file', 'shuffle']),
  };
}

function refuseForeign(experiment: Experiment, given: Given): void {
  const own: readonly string[] = OWN[experiment];
  for (const name of new Set(Object.values(OWN).flat())) {
    if (given[name] === undefined || own.includes(name)) continue;
    // All points in their order are what the perceptron sees in each step anyway.
    if (name === 'order' && given.order === 'file') continue;
    throw new ArgumentError(`--${name} has no meaning for ${experiment}`);
  }
}

function forClassifier(init: Init | undefined): Init | undefined {
  if (init?.kind === 'values') throw new ArgumentError('--init W,B is for the perceptron only');
  return init;
}

export function parseSteps(given: Given, settings: RunSettings): number {
  if ((given.epochs === undefined) === (given.steps === undefined)) {
    throw new ArgumentError('give either --epochs or --steps');
  }
  if (given.steps !== undefined) return whole('--steps', given.steps, 1, MAX_STEPS);
  const perEpoch = stepsPerEpoch(settings);
  return perEpoch * whole('--epochs', given.epochs!, 1, Math.floor(MAX_STEPS / perEpoch));
}

function parseInit(text: string | undefined): { init: Init; seed?: number } | null {
  if (text === undefined) return null;
  if (text === 'zeros' || text === 'ramp') return { init: { kind: text } };
  const seed = /^seed:(.*)$/.exec(text)?.[1];
  if (seed !== undefined) return { init: { kind: 'seed' }, seed: seedNumber('--init seed:', seed) };
  const parts = text.split(',');
  if (parts.length !== 2) {
    throw new ArgumentError(`--init must be zeros, W,B, seed:N or ramp, not ${text}`);
  }
  const [w, b] = parts.map((part) => decimal('--init', part));
  return { init: { kind: 'values', w: w!, b: b! } };
}

function parseSeed(given: Given, fromInit: number | undefined): number {
  const seed = given.seed === undefined ? undefined : seedNumber('--seed', given.seed);
  if (seed !== undefined && fromInit !== undefined && seed !== fromInit) {
    throw new ArgumentError(`a run has one seed: --seed ${seed} or --init seed:${fromInit}`);
  }
  return seed ?? fromInit ?? 1;
}

function seedNumber(name: string, text: string): number {
  return whole(name, text, 0, 0xffff_ffff);
}
