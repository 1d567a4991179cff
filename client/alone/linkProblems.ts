import { SHAPES } from '../../shared/data/toy.ts';
import {
  LEARNING_RATE,
  MAX_BATCH_SIZE,
  MAX_HIDDEN,
  MAX_STEPS,
  PACE,
  TOY_POINTS,
} from '../../shared/limits.ts';
import { ACTIVATIONS } from '../../shared/model/activation.ts';
import { IMAGE_COUNTS, MNIST_MODELS, type Experiment } from '../../shared/run/settings.ts';

/** What a parameter of a link may be. */
export type Allowed =
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'whole'; min: number; max: number }
  /** A number of steps a second, or `race`. */
  | { kind: 'pace'; min: number; max: number }
  /** One or more numbers with commas between them. */
  | { kind: 'rates'; min: number; max: number };

/** A parameter that cannot be taken as it is. */
export interface LinkProblem {
  name: string;
  /** As it stands in the link; null where it is missing. */
  value: string | null;
  allowed: Allowed;
}

const words = (list: readonly (string | number)[]): Allowed => ({
  kind: 'words',
  words: list.map(String),
});
const whole = (min: number, max: number): Allowed => ({ kind: 'whole', min, max });

const EXPERIMENT = words(['linear', 'mnist', 'toy']);
const COMMON = {
  seed: whole(0, 0xffff_ffff),
  steps: whole(1, MAX_STEPS),
  pace: { kind: 'pace', ...PACE },
  rates: { kind: 'rates', ...LEARNING_RATE },
} as const satisfies Record<string, Allowed>;
const BATCHED = {
  ...COMMON,
  start: words(['zeros', 'seed']),
  batchSize: whole(1, MAX_BATCH_SIZE),
  order: words(['shuffle', 'file']),
};
const ALLOWED: Record<Experiment, Record<string, Allowed>> = {
  linear: {
    model: words(['perceptron']),
    ...COMMON,
    start: words(['workshop', 'zeros', 'seed']),
  },
  mnist: { model: words(MNIST_MODELS), ...BATCHED, images: words(IMAGE_COUNTS) },
  toy: {
    model: words(['mlp']),
    ...BATCHED,
    shape: words(SHAPES),
    points: whole(TOY_POINTS.min, TOY_POINTS.max),
    hidden: whole(1, MAX_HIDDEN),
    activation: words(ACTIVATIONS),
  },
};

/** What of a link cannot be taken as it is; what belongs to no experiment is not looked at. */
export function linkProblems(fields: URLSearchParams): LinkProblem[] {
  const experiment = valueOf(fields, 'experiment');
  const allowed = Object.hasOwn(ALLOWED, experiment ?? '') && ALLOWED[experiment as Experiment];
  if (!allowed) return [{ name: 'experiment', value: experiment, allowed: EXPERIMENT }];
  return Object.entries(allowed).flatMap(([name, allowed]) => {
    const value = valueOf(fields, name);
    return value !== null && isAllowed(value, allowed) ? [] : [{ name, value, allowed }];
  });
}

/** What stands twice is not to be read as either. */
function valueOf(fields: URLSearchParams, name: string): string | null {
  const values = fields.getAll(name);
  return values.length === 0 ? null : values.join(' & ');
}

function isAllowed(value: string, allowed: Allowed): boolean {
  switch (allowed.kind) {
    case 'words':
      return allowed.words.includes(value);
    case 'pace':
      return value === 'race' || isWithin(value, allowed);
    case 'rates':
      return value.split(',').every((rate) => isWithin(rate, allowed));
    case 'whole':
      return isWithin(value, allowed) && Number.isInteger(Number(value));
  }
}

function isWithin(text: string, { min, max }: { min: number; max: number }): boolean {
  const value = text.trim() === '' ? NaN : Number(text);
  return value >= min && value <= max;
}
