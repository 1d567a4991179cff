import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { LEARNING_RATE, MAX_STEPS } from '../../shared/limits.ts';
import {
  IMAGE_COUNTS,
  reportingGrid,
  type Grid,
  type RunSettings,
} from '../../shared/run/settings.ts';
import { readSavedModel } from './readSavedModel.ts';
import { ArgumentError, choice, decimal, required, whole } from './argumentValues.ts';
import { parseSettings, parseSteps } from './trainSettings.ts';

export const USAGE = `usage: npm run --silent train -- --experiment linear|mnist|toy --model perceptron|softmax|mlp|convnet
  --lr RATE (--epochs N | --steps N) [--init zeros|W,B|seed:N|ramp] [--seed N] [--every K] --json
  mnist, toy: [--batch 32] [--order file|shuffle] [--code kernels|readable]
  mnist:      [--images ${IMAGE_COUNTS.join('|')}]
  toy:        [--shape moons|circles|spirals] [--points 200] [--hidden 8] [--activation relu|tanh|sigmoid]

  --init    where the parameters start; W,B only for the perceptron (default: the workshop's values
            for the perceptron, zeros for softmax, the seed for mlp and convnet)
  --order   order of the examples (default file); --seed says which shuffle (default 1)
  --every   steps in a reporting window (default: so that there are at most 1,000 windows)
  --from    goes on with a model that a student has taken home: FILE says what it is, and --steps or
            --epochs how much longer it trains; nothing else but --every, --code and --json is given
  --code    the fast kernels (default) or the readable code; the results are the same to the last bit`;

export interface TrainArguments {
  settings: RunSettings;
  learningRate: number;
  grid: Grid;
  /** Whether the kernels compute, where this machine can run them. */
  kernels: boolean;
  /** The model to go on from: its parameters, and the steps it has done. `grid` counts from there. */
  from?: { step: number; parameters: number[][] } | undefined;
}

const TEXT = { type: 'string', multiple: true } as const;

const OPTIONS = {
  experiment: TEXT,
  model: TEXT,
  lr: TEXT,
  batch: TEXT,
  images: TEXT,
  shape: TEXT,
  points: TEXT,
  hidden: TEXT,
  activation: TEXT,
  epochs: TEXT,
  steps: TEXT,
  init: TEXT,
  order: TEXT,
  seed: TEXT,
  every: TEXT,
  code: TEXT,
  from: TEXT,
  json: { type: 'boolean' },
} as const;

/** The options that were given, as typed. */
export type Given = { [Name in Exclude<keyof typeof OPTIONS, 'json'>]?: string };

/** Throws an ArgumentError on anything that is not a run. */
export function parseTrainArguments(args: string[]): TrainArguments {
  const given = parse(args);
  if (given.from !== undefined) return goOnFrom(given.from, given);
  const learningRate = decimal('--lr', required('--lr', given.lr));
  if (!(learningRate >= LEARNING_RATE.min && learningRate <= LEARNING_RATE.max)) {
    throw new ArgumentError(
      `--lr must lie between ${LEARNING_RATE.min} and ${LEARNING_RATE.max}, not ${given.lr}`,
    );
  }
  const settings = parseSettings(given);
  const every = given.every === undefined ? undefined : whole('--every', given.every, 1, MAX_STEPS);
  const code = choice('--code', given.code ?? 'kernels', ['kernels', 'readable']);
  const grid = reportingGrid(settings.steps, every);
  return { settings, learningRate, grid, kernels: code === 'kernels' };
}

/** What still can be said where a file says what the run is. */
const WITH_FROM: readonly (keyof Given)[] = ['from', 'epochs', 'steps', 'every', 'code'];

function goOnFrom(file: string, given: Given): TrainArguments {
  const other = (Object.keys(given) as (keyof Given)[]).find((name) => !WITH_FROM.includes(name));
  if (other) throw new ArgumentError(`--${other} is what the file of --from says`);
  const read = readSavedModel(textOf(file));
  if ('wrong' in read) throw new ArgumentError(`cannot go on from ${file}: ${read.wrong}`);
  const { settings, learningRate, step, parameters } = read.model;
  const steps = parseSteps(given, settings);
  if (step + steps > MAX_STEPS) throw new ArgumentError(`more than ${MAX_STEPS} steps in all`);
  const every = given.every === undefined ? undefined : whole('--every', given.every, 1, MAX_STEPS);
  const code = choice('--code', given.code ?? 'kernels', ['kernels', 'readable']);
  return {
    settings: { ...settings, steps },
    learningRate,
    grid: reportingGrid(steps, every),
    kernels: code === 'kernels',
    from: { step, parameters: parameters.map((values) => values.map((value) => value ?? NaN)) },
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ArgumentError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function parse(args: string[]): Given {
  const { json, ...given } = parsed(args);
  if (!json) throw new ArgumentError('--json is missing: it is the only output there is');
  return Object.fromEntries(
    Object.entries(given).map(([name, texts]) => {
      if (texts.length > 1) throw new ArgumentError(`--${name} is given ${texts.length} times`);
      return [name, texts[0]];
    }),
  );
}

function parsed(args: string[]) {
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
