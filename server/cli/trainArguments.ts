import { parseArgs } from 'node:util';
import { WORKSHOP_START } from '../../shared/data/linear.ts';
import { LEARNING_RATE, MAX_BATCH_SIZE, MAX_STEPS } from '../../shared/limits.ts';
import {
  IMAGE_COUNTS,
  reportingGrid,
  stepsPerEpoch,
  type Grid,
  type ImageCount,
  type Init,
  type RunSettings,
} from '../../shared/run/settings.ts';

export const USAGE = `usage: npm run --silent train -- --experiment linear|mnist --model perceptron|softmax --lr RATE
  [--batch 32] [--images ${IMAGE_COUNTS.join('|')}] (--epochs N | --steps N)
  [--init zeros|W,B|seed:N] [--order file|shuffle] [--seed N] [--every K] --json

  --init    where the parameters start; W,B only for the perceptron (default: the workshop's
            values for the perceptron, zeros for softmax)
  --order   order of the images (default file); --seed says which shuffle (default 1)
  --every   steps in a reporting window (default: so that there are at most 1,000 windows)`;

/** What is wrong with the arguments, in one line. */
export class ArgumentError extends Error {}

export interface TrainArguments {
  settings: RunSettings;
  learningRate: number;
  grid: Grid;
}

const MODELS = { linear: 'perceptron', mnist: 'softmax' } as const;

const OPTIONS = {
  experiment: { type: 'string' },
  model: { type: 'string' },
  lr: { type: 'string' },
  batch: { type: 'string' },
  images: { type: 'string' },
  epochs: { type: 'string' },
  steps: { type: 'string' },
  init: { type: 'string' },
  order: { type: 'string' },
  seed: { type: 'string' },
  every: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Throws an ArgumentError on anything that is not a run. */
export function parseTrainArguments(args: string[]): TrainArguments {
  const values = parse(args);
  if (!values.json) throw new ArgumentError('--json is missing: it is the only output there is');
  const learningRate = decimal('--lr', required('--lr', values.lr));
  if (!(learningRate >= LEARNING_RATE.min && learningRate <= LEARNING_RATE.max)) {
    throw new ArgumentError(
      `--lr must lie between ${LEARNING_RATE.min} and ${LEARNING_RATE.max}, not ${values.lr}`,
    );
  }
  const settings = parseSettings(values);
  const every =
    values.every === undefined ? undefined : whole('--every', values.every, 1, MAX_STEPS);
  return { settings, learningRate, grid: reportingGrid(settings.steps, every) };
}

type Values = ReturnType<typeof parse>;

function parse(args: string[]) {
  try {
    const joined = joinNegatives(args);
    return parseArgs({ args: joined, options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message.split('\n')[0] : String(error));
  }
}

/** `--init -1,2` as `--init=-1,2`: a value that begins with a minus is no option. */
function joinNegatives(args: string[]): string[] {
  return args.reduce<string[]>((joined, arg) => {
    const last = joined.length - 1;
    if (/^-[\d.]/.test(arg) && joined[last]?.startsWith('--')) joined[last] += `=${arg}`;
    else joined.push(arg);
    return joined;
  }, []);
}

function parseSettings(values: Values): RunSettings {
  const experiment = choice('--experiment', required('--experiment', values.experiment), [
    'linear',
    'mnist',
  ]);
  choice('--model', values.model ?? MODELS[experiment], [MODELS[experiment]]);
  const init = parseInit(values.init);
  const seed = parseSeed(values, init?.seed);
  switch (experiment) {
    case 'linear': {
      for (const name of ['batch', 'images', 'order'] as const) {
        if (values[name] !== undefined) {
          throw new ArgumentError(`--${name} has no meaning for linear: each step sees all points`);
        }
      }
      const start = init?.init ?? { kind: 'values', ...WORKSHOP_START };
      const settings = { experiment, model: MODELS[experiment], init: start, seed, steps: 0 };
      return { ...settings, steps: parseSteps(values, settings) };
    }
    case 'mnist': {
      const start = init?.init ?? { kind: 'zeros' };
      if (start.kind === 'values') throw new ArgumentError('--init W,B is for the perceptron only');
      const settings = {
        experiment,
        model: MODELS[experiment],
        init: start,
        seed,
        steps: 0,
        images: Number(
          choice('--images', values.images ?? '60000', IMAGE_COUNTS.map(String)),
        ) as ImageCount,
        batchSize: whole('--batch', values.batch ?? '32', 1, MAX_BATCH_SIZE),
        order: choice('--order', values.order ?? 'file', ['file', 'shuffle']),
      };
      return { ...settings, steps: parseSteps(values, settings) };
    }
  }
}

function parseSteps(values: Values, settings: RunSettings): number {
  if ((values.epochs === undefined) === (values.steps === undefined)) {
    throw new ArgumentError('give either --epochs or --steps');
  }
  if (values.steps !== undefined) return whole('--steps', values.steps, 1, MAX_STEPS);
  const perEpoch = stepsPerEpoch(settings);
  return perEpoch * whole('--epochs', values.epochs!, 1, Math.floor(MAX_STEPS / perEpoch));
}

function parseInit(text: string | undefined): { init: Init; seed?: number } | null {
  if (text === undefined) return null;
  if (text === 'zeros') return { init: { kind: 'zeros' } };
  const seed = /^seed:(.*)$/.exec(text)?.[1];
  if (seed !== undefined) return { init: { kind: 'seed' }, seed: seedNumber('--init seed:', seed) };
  const parts = text.split(',');
  if (parts.length !== 2) {
    throw new ArgumentError(`--init must be zeros, W,B or seed:N, not ${text}`);
  }
  const [w, b] = parts.map((part) => decimal('--init', part));
  return { init: { kind: 'values', w: w!, b: b! } };
}

function parseSeed(values: Values, fromInit: number | undefined): number {
  const seed = values.seed === undefined ? undefined : seedNumber('--seed', values.seed);
  if (seed !== undefined && fromInit !== undefined && seed !== fromInit) {
    throw new ArgumentError(`a run has one seed: --seed ${seed} or --init seed:${fromInit}`);
  }
  return seed ?? fromInit ?? 1;
}

function seedNumber(name: string, text: string): number {
  return whole(name, text, 0, 0xffff_ffff);
}

function required(name: string, text: string | undefined): string {
  if (text === undefined) throw new ArgumentError(`${name} is missing`);
  return text;
}

function choice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === text);
  if (found === undefined) {
    throw new ArgumentError(`${name} must be ${choices.join(' or ')}, not ${text}`);
  }
  return found;
}

function decimal(name: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new ArgumentError(`${name} must be a number, not "${text}"`);
  return value;
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) {
    throw new ArgumentError(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}
