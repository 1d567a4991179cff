/**
 * The shape of every message from a client, field by field. Each schema must give exactly the type
 * that `events.ts` promises; the compiler checks that at the end.
 */
import * as v from 'valibot';
import { SHAPES } from '../data/toy.ts';
import {
  LEARNING_RATE,
  MAX_BATCH_SIZE,
  MAX_EVALUATIONS,
  MAX_HIDDEN,
  MAX_LISTED_RATES,
  MAX_PARTICIPANTS,
  MAX_RUN_SECONDS,
  MAX_ADMITTED,
  MAX_SIMULATED,
  MAX_SINGLE_STEPS,
  MAX_STEPS,
  MAX_TYPED,
  MAX_WINDOWS,
  PACE,
  SECRET_LENGTH,
  TOY_POINTS,
} from '../limits.ts';
import { ACTIVATIONS } from '../model/activation.ts';
import { BETS } from '../run/bets.ts';
import { NAME_LANGUAGES } from '../nicknames/words.ts';
import { IMAGE_COUNTS, MNIST_MODELS } from '../run/settings.ts';
import { COMMANDS } from '../session.ts';
import { BESIDES, MEASURES, METRICS, SHOWN_STATES, SPACINGS, UNITS } from '../wall.ts';
import type { ClientEvents } from './events.ts';

const integer = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const between = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));
/** Longer than anything honest; what exactly is wrong with a name or a code is said elsewhere. */
const shortText = v.pipe(v.string(), v.maxLength(1_000));

/** What a page makes up to prove who its participant is. */
const newSecret = v.pipe(
  v.string(),
  v.regex(/^[\w-]+$/),
  v.minLength(SECRET_LENGTH.min),
  v.maxLength(SECRET_LENGTH.max),
);

const rate = between(LEARNING_RATE.min, LEARNING_RATE.max);
const index = integer(0, MAX_ADMITTED - 1);
const runNumber = integer(1, 0xffff);
const seed = integer(0, 0xffff_ffff);
const steps = integer(1, MAX_STEPS);

/** A finite 32-bit float that is not negative: what an honest client's loss always is. */
const loss = v.pipe(
  v.number(),
  v.check((value) => Number.isFinite(value) && value >= 0 && Math.fround(value) === value),
);
const accuracy = v.pipe(loss, v.maxValue(1));
const seconds = between(0, MAX_RUN_SECONDS);

const zeros = v.object({ kind: v.literal('zeros') });
const seeded = v.object({ kind: v.literal('seed') });
const values = v.object({
  kind: v.literal('values'),
  w: between(-1_000, 1_000),
  b: between(-1_000, 1_000),
});

const batched = {
  seed,
  steps,
  // Not `ramp`: it is for comparisons with other programs.
  init: v.variant('kind', [zeros, seeded]),
  batchSize: integer(1, MAX_BATCH_SIZE),
  order: v.picklist(['file', 'shuffle']),
};

/** The settings of a run, as instructors may ask for them. */
export const SETTINGS = v.variant('experiment', [
  v.object({
    experiment: v.literal('linear'),
    model: v.literal('perceptron'),
    seed,
    steps,
    init: v.variant('kind', [zeros, seeded, values]),
  }),
  v.object({
    experiment: v.literal('mnist'),
    model: v.picklist(MNIST_MODELS),
    images: v.picklist(IMAGE_COUNTS),
    ...batched,
  }),
  v.object({
    experiment: v.literal('toy'),
    model: v.literal('mlp'),
    shape: v.picklist(SHAPES),
    points: integer(TOY_POINTS.min, TOY_POINTS.max),
    hidden: integer(1, MAX_HIDDEN),
    activation: v.picklist(ACTIVATIONS),
    ...batched,
  }),
]);

const range = { from: rate, to: rate };
const plan = v.object({
  settings: SETTINGS,
  pace: v.variant('kind', [
    v.object({ kind: v.literal('paced'), stepsPerSecond: between(PACE.min, PACE.max) }),
    v.object({ kind: v.literal('race') }),
  ]),
  rates: v.variant('kind', [
    v.object({ kind: v.literal('spread'), ...range }),
    v.object({ kind: v.literal('pick'), ...range }),
    v.object({
      kind: v.literal('list'),
      rates: v.pipe(v.array(rate), v.minLength(1), v.maxLength(MAX_LISTED_RATES)),
    }),
  ]),
  bets: v.optional(v.boolean()),
});

const typed = v.pipe(v.string(), v.maxLength(MAX_TYPED.field));
/** What instructors type and choose, right or wrong: whoever prepares a run has it read. */
export const FORM = v.object({
  experiment: v.picklist(['linear', 'toy', 'mnist']),
  model: v.picklist(['perceptron', ...MNIST_MODELS]),
  length: typed,
  lengthIn: v.picklist(['epochs', 'steps']),
  start: v.picklist(['workshop', 'zeros', 'seed']),
  seed: typed,
  images: v.picklist(IMAGE_COUNTS),
  shape: v.picklist(SHAPES),
  points: typed,
  hidden: typed,
  activation: v.picklist(ACTIVATIONS),
  batchSize: typed,
  order: v.picklist(['file', 'shuffle']),
  pace: v.picklist(['paced', 'race']),
  bets: v.boolean(),
  stepsPerSecond: typed,
  rates: v.picklist(['spread', 'pick', 'list']),
  from: typed,
  to: typed,
  list: v.pipe(v.string(), v.maxLength(MAX_TYPED.list)),
});

const lossReport = v.object({
  run: runNumber,
  from: integer(0, MAX_WINDOWS),
  losses: v.pipe(v.array(loss), v.maxLength(MAX_WINDOWS)),
  seconds: v.optional(v.strictTuple([seconds, seconds])),
  divergedAt: v.optional(integer(0, MAX_STEPS - 1)),
});

const evaluationReport = v.pipe(
  v.object({
    run: runNumber,
    from: integer(0, MAX_EVALUATIONS),
    losses: v.pipe(v.array(loss), v.minLength(1), v.maxLength(MAX_EVALUATIONS)),
    accuracies: v.pipe(v.array(accuracy), v.minLength(1), v.maxLength(MAX_EVALUATIONS)),
  }),
  v.check((report) => report.losses.length === report.accuracies.length),
);

/** Of an axis, what lies between two of its values. */
const part = v.nullable(
  v.pipe(
    v.object({ min: v.pipe(v.number(), v.finite()), max: v.pipe(v.number(), v.finite()) }),
    v.check(({ min, max }) => min < max),
  ),
);
/** Each participant once. */
const curves = v.pipe(
  v.array(index),
  v.maxLength(MAX_PARTICIPANTS),
  v.check((indices) => new Set(indices).size === indices.length),
);

/** How projectors show a run; what is stored of it has the same shape. */
export const WALL = v.object({
  beside: v.picklist(BESIDES),
  metric: v.picklist(METRICS),
  unit: v.picklist(UNITS),
  spacing: v.picklist(SPACINGS),
  xSpacing: v.picklist(SPACINGS),
  zoom: v.object({ x: part, y: part }),
  memory: v.nullable(between(0, 0.99)),
  clip: v.boolean(),
  state: v.picklist(SHOWN_STATES),
  style: v.nullable(v.picklist(['curves', 'band'])),
  asTable: v.boolean(),
  pins: curves,
  hidden: curves,
  laid: v.nullable(runNumber),
  sweep: v.object({
    measure: v.picklist(MEASURES),
    goal: v.nullable(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    asTable: v.boolean(),
  }),
});

const version = v.number();
const nothing = v.strictObject({});

export const SCHEMAS = {
  join: v.object({
    version,
    code: shortText,
    name: shortText,
    secret: newSecret,
    simulated: v.optional(v.boolean()),
  }),
  resume: v.object({ version, code: shortText, index, secret: shortText }),
  instruct: v.object({ version, code: shortText, secret: shortText }),
  watch: v.object({ version, code: shortText, pass: v.optional(shortText) }),
  time: nothing,
  snapshot: nothing,
  pick: v.object({ run: runNumber, rate }),
  bet: v.object({ run: runNumber, rate, bet: v.picklist(BETS) }),
  predictions: nothing,
  brain: nothing,
  follow: v.object({ participant: index }),
  losses: lossReport,
  evaluations: evaluationReport,
  prepare: plan,
  command: v.object({
    command: v.picklist(COMMANDS),
    steps: v.optional(integer(1, MAX_SINGLE_STEPS)),
  }),
  lock: v.object({ locked: v.boolean() }),
  names: v.object({ shown: v.picklist(['own', ...NAME_LANGUAGES]) }),
  rename: v.object({ index, name: shortText }),
  reference: v.object({ rate: v.union([rate, v.literal('none')]) }),
  draft: v.partial(FORM),
  wall: v.partial(WALL),
  replay: v.object({
    shown: v.union([
      v.object({ run: runNumber, step: integer(0, MAX_STEPS), view: WALL }),
      v.literal('none'),
      v.literal('end'),
    ]),
  }),
  recall: v.object({ run: runNumber }),
  point: v.object({ participant: v.union([index, v.literal('none')]) }),
  remove: v.object({ index }),
  removeAway: v.object({
    indices: v.pipe(v.array(index), v.minLength(1), v.maxLength(MAX_PARTICIPANTS)),
  }),
  end: nothing,
  rehearse: v.object({ students: integer(1, MAX_SIMULATED) }),
} satisfies { [Event in keyof ClientEvents]: v.GenericSchema<unknown, Message<Event>> };

/** The message that a client sends with `Event`. */
export type Message<Event extends keyof ClientEvents> = Parameters<ClientEvents[Event]>[0];
