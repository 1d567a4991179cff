import fc from 'fast-check';
import { PROTOCOL_VERSION } from '../../../shared/protocol/events.ts';
import { SCHEMAS } from '../../../shared/protocol/schemas.ts';
import { BETS } from '../../../shared/run/bets.ts';
import { BESIDES, MEASURES, METRICS, SHOWN_STATES, SPACINGS, UNITS } from '../../../shared/wall.ts';
import { COMMANDS } from '../../../shared/session.ts';
import { PLAN } from './classroom.ts';

/** Stand for what only the session under attack knows. */
export const CODE = '$code';
export const TEACHER = '$teacher';

export interface Sent {
  event: string;
  message: unknown;
}

const EVENTS = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];
const SECRETS = Array.from({ length: 12 }, (_, k) => `secret-of-participant-${k}`);

const version = fc.oneof(
  { weight: 30, arbitrary: fc.constant(PROTOCOL_VERSION) },
  { weight: 1, arbitrary: fc.integer() },
);
const code = fc.oneof(
  { weight: 30, arbitrary: fc.constant(CODE) },
  { weight: 1, arbitrary: fc.constantFrom('AAAAAA', 'no code', '') },
);
const secret = fc.constantFrom(...SECRETS, TEACHER);
const run = fc.integer({ min: 1, max: 3 });
const from = fc.integer({ min: 0, max: 11 });
const losses = fc.array(fc.float({ min: 0, noNaN: true, noDefaultInfinity: true }), {
  maxLength: 5,
});
const moment = fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.double());
const seconds = fc.option(fc.tuple(moment, moment), { nil: undefined });
const accuracies = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 5 });
const index = fc.integer({ min: 0, max: 14 });
const part = fc.option(fc.constantFrom({ min: 0, max: 1 }, { min: 3, max: 3.5 }));
const steps = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });

/** How projectors show a run. */
const fields = {
  beside: fc.constantFrom(...BESIDES),
  metric: fc.constantFrom(...METRICS),
  unit: fc.constantFrom(...UNITS),
  spacing: fc.constantFrom(...SPACINGS),
  xSpacing: fc.constantFrom(...SPACINGS),
  zoom: fc.record({ x: part, y: part }),
  memory: fc.constantFrom(null, 0, 0.9),
  clip: fc.boolean(),
  state: fc.constantFrom(...SHOWN_STATES),
  style: fc.constantFrom(null, 'curves', 'band'),
  asTable: fc.boolean(),
  laid: fc.option(run),
  pins: fc.uniqueArray(index),
  hidden: fc.uniqueArray(index),
  sweep: fc.record({
    measure: fc.constantFrom(...MEASURES),
    goal: fc.constantFrom(null, 0.01),
    asTable: fc.boolean(),
  }),
};

/** Whole messages, as an honest page sends them, though perhaps not now or not in this role. */
const WHOLE: Record<Exclude<keyof typeof SCHEMAS, 'end'>, fc.Arbitrary<unknown>> = {
  join: fc.record({ version, code, name: fc.string({ unit: 'grapheme' }), secret }),
  resume: fc.record({ version, code, index, secret }),
  instruct: fc.record({ version, code, secret: fc.constant(TEACHER) }),
  watch: fc.record({ version, code, pass: fc.option(secret, { nil: undefined }) }),
  time: fc.constant({}),
  snapshot: fc.constant({}),
  pick: fc.record({ run, rate: fc.double({ min: 1e-4, max: 10, noNaN: true }) }),
  bet: fc.record({
    run,
    rate: fc.constantFrom(0.01, 1, 0.1, 0.0316, 0.316),
    bet: fc.constantFrom(...BETS),
  }),
  predictions: fc.constant({}),
  brain: fc.constant({}),
  recall: fc.record({ run }),
  follow: fc.record({ participant: index }),
  losses: fc.record({ run, from, losses, seconds, divergedAt: steps }),
  evaluations: fc.record({ run, from, losses, accuracies }),
  prepare: fc.record({
    settings: fc.constant(PLAN.settings),
    pace: fc.constantFrom(PLAN.pace, { kind: 'race' }),
    rates: fc.constantFrom(PLAN.rates, { kind: 'pick', from: 0.01, to: 1 }),
    bets: fc.boolean(),
  }),
  command: fc.record({ command: fc.constantFrom(...COMMANDS), steps }),
  lock: fc.record({ locked: fc.boolean() }),
  names: fc.record({ shown: fc.constantFrom('own' as const, 'en' as const, 'fr' as const) }),
  reference: fc.record({ rate: fc.constantFrom(0.1, 1, 'none' as const) }),
  rename: fc.record({ index, name: fc.string() }),
  draft: fc.record({ experiment: fc.constantFrom('linear', 'toy', 'mnist'), from: fc.string() }),
  wall: fc.record(fields, { requiredKeys: [] }),
  point: fc.record({ participant: fc.option(index, { nil: 'none' as const }) }),
  replay: fc.record({
    shown: fc.option(
      fc.record({
        run,
        step: fc.integer({ min: 0, max: 12 }),
        view: fc.record(fields),
      }),
      { nil: 'none' as const },
    ),
  }),
  remove: fc.record({ index }),
  removeAway: fc.record({ indices: fc.array(index, { maxLength: 5 }) }),
  rehearse: fc.record({ students: fc.integer({ min: 1, max: 3 }) }),
};

const anything = fc.anything({ withTypedArray: true, withNullPrototype: true, maxDepth: 3 });
const anyEvent = fc.oneof(
  fc.constantFrom(...EVENTS),
  fc.constantFrom('__proto__', 'constructor', 'disconnect', 'error', ''),
  fc.string(),
);
const FREQUENT = ['losses', 'losses', 'losses', 'losses'] as const;
const whole: fc.Arbitrary<Sent> = fc
  // Ending the session is rare, or nothing else would be seen; points, of which few find a run, are
  // frequent, as in a class.
  .constantFrom(...EVENTS.filter((event) => event !== 'end'), ...FREQUENT)
  .chain((event) => WHOLE[event].map((message) => ({ event, message })));

/** A whole message with one field, at any depth, taken away or replaced by anything. */
const mutated: fc.Arbitrary<Sent> = fc
  .tuple(whole, fc.nat(), fc.nat(), fc.boolean(), anything)
  .map(([{ event, message }, a, b, deep, value]) => ({
    event,
    message: withChange(message, deep ? [a, b] : [a], value),
  }));

const random: fc.Arbitrary<Sent> = fc.record({ event: anyEvent, message: anything });

const ending: fc.Arbitrary<Sent> = fc.constant({ event: 'end', message: {} });

export const messages: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 300, arbitrary: whole },
  { weight: 150, arbitrary: mutated },
  { weight: 50, arbitrary: random },
  { weight: 1, arbitrary: ending },
);

function withChange(message: unknown, [key = 0, ...deeper]: number[], value: unknown): unknown {
  if (typeof message !== 'object' || message === null) return value;
  const names = Object.keys(message);
  const name = names[key % names.length];
  if (name === undefined) return value;
  const fields = message as Record<string, unknown>;
  const { [name]: before, ...rest } = fields;
  if (deeper.length > 0) return { ...fields, [name]: withChange(before, deeper, value) };
  return value === undefined ? rest : { ...fields, [name]: value };
}
