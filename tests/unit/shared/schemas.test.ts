import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  LEARNING_RATE,
  MAX_ADMITTED,
  MAX_MESSAGE_BYTES,
  MAX_PARTICIPANTS,
  MAX_RUN_SECONDS,
  MAX_STEPS,
  MAX_WINDOWS,
} from '../../../shared/limits.ts';
import { USUAL_WALL, type WallView } from '../../../shared/wall.ts';
import { SCHEMAS } from '../../../shared/protocol/schemas.ts';

type Event = keyof typeof SCHEMAS;
type Fields = Record<string, unknown>;

const linear = {
  experiment: 'linear',
  model: 'perceptron',
  seed: 1,
  steps: 100,
  init: { kind: 'zeros' },
};
const mnist = {
  ...linear,
  experiment: 'mnist',
  model: 'softmax',
  images: 2_000,
  batchSize: 32,
  order: 'file',
};
const toy = {
  ...linear,
  experiment: 'toy',
  model: 'mlp',
  init: { kind: 'seed' },
  shape: 'moons',
  points: 200,
  hidden: 8,
  activation: 'tanh',
  batchSize: 16,
  order: 'shuffle',
};
const plan = {
  settings: linear,
  pace: { kind: 'paced', stepsPerSecond: 10 },
  rates: { kind: 'spread', from: 0.01, to: 1 },
};

const GOOD: Record<Event, Fields> = {
  join: { version: 1, code: 'ACDEFG', name: 'Ada', secret: 'a'.repeat(22) },
  resume: { version: 1, code: 'ACDEFG', index: 0, secret: 's' },
  instruct: { version: 1, code: 'ACDEFG', secret: 's' },
  watch: { version: 1, code: 'ACDEFG' },
  time: {},
  snapshot: {},
  pick: { run: 1, rate: 0.1 },
  bet: { run: 1, rate: 0.1, bet: 'tooHigh' },
  predictions: {},
  brain: {},
  recall: { run: 1 },
  follow: { participant: 3 },
  losses: { run: 1, from: 0, losses: [0.5, 0] },
  evaluations: { run: 1, from: 0, losses: [0.5], accuracies: [1] },
  prepare: plan,
  command: { command: 'start' },
  lock: { locked: true },
  names: { shown: 'fr' },
  rename: { index: 0, name: 'Ada' },
  reference: { rate: 0.1 },
  draft: {},
  wall: {},
  point: { participant: 2 },
  replay: { shown: { run: 1, step: 0, view: USUAL_WALL } },
  remove: { index: 0 },
  removeAway: { indices: [0, 3] },
  end: {},
  rehearse: { students: 3 },
};
const EVENTS = Object.keys(GOOD) as Event[];

const accepts = (event: Event, message: unknown) => v.safeParse(SCHEMAS[event], message).success;

describe('the schemas', () => {
  it.each(EVENTS)('[P1] %s: a whole message passes, and each field is needed', (event) => {
    expect(accepts(event, GOOD[event])).toBe(true);
    for (const field of Object.keys(GOOD[event])) {
      const rest = { ...GOOD[event] };
      delete rest[field];
      expect(accepts(event, rest), field).toBe(false);
      const wrongs: unknown[] = [null, {}, [{}], NaN, 'x'.repeat(1_001)];
      // Any other version is a whole message too: it is refused by a code of its own.
      if (field !== 'version') wrongs.push(-1, 1e300);
      for (const wrong of wrongs) {
        expect(accepts(event, { ...rest, [field]: wrong }), `${field}: ${wrong}`).toBe(false);
      }
    }
  });

  it.each(EVENTS)('[P1] %s: anything at all is judged without an exception', (event) => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(accepts(event, message)).toBeTypeOf('boolean');
      }),
    );
  });

  it('leave out what they do not know', () => {
    const parsed = v.parse(SCHEMAS.pick, { ...GOOD.pick, isInstructor: true });
    expect(parsed).toEqual(GOOD.pick);
  });

  it.each([
    [0.1, 'not a 32-bit float'],
    [-1, 'negative'],
    [NaN, 'NaN'],
    [Infinity, 'infinite'],
    [null, 'what JSON makes of NaN'],
    ['1', 'text'],
  ])('[P15] a loss of %j is refused: %s', (loss, _why) => {
    expect(accepts('losses', { run: 1, from: 0, losses: [0.5, loss] })).toBe(false);
    expect(accepts('evaluations', { ...GOOD.evaluations, losses: [loss] })).toBe(false);
    expect(accepts('evaluations', { ...GOOD.evaluations, accuracies: [loss] })).toBe(false);
  });

  it.each([[[0]], [[0, 1, 2]], [[0, -1]], [[0, MAX_RUN_SECONDS + 1]], [[0, null]], [1], [{}]])(
    '[P110] seconds that are %j are refused: two are told, of the first loss and the last',
    (seconds) => {
      expect(accepts('losses', { ...GOOD.losses, seconds: [0, MAX_RUN_SECONDS] })).toBe(true);
      expect(accepts('losses', { ...GOOD.losses, seconds })).toBe(false);
    },
  );

  it('[P100] take any part of how the wall looks, each field by itself', () => {
    expect(accepts('wall', USUAL_WALL)).toBe(true);
    const wrong: Record<keyof WallView, unknown[]> = {
      beside: ['board', 1],
      metric: ['loss', null],
      unit: ['minutes'],
      spacing: ['sqrt'],
      xSpacing: [true],
      zoom: [
        null,
        { x: null },
        { x: { min: 1, max: 1 }, y: null },
        { x: null, y: { min: 0, max: Infinity } },
      ],
      memory: [-0.1, 1, NaN, '0.5'],
      clip: [1, null],
      state: ['ready', null],
      style: ['lines', false],
      asTable: ['yes'],
      pins: [
        [-1],
        [0.5],
        [0, 0],
        [null],
        0,
        Array.from({ length: MAX_PARTICIPANTS + 1 }, (_, k) => k),
      ],
      hidden: [[1, 1], ['0'], null],
      laid: [0, 1.5, '1', 0x10000],
      sweep: [
        null,
        { measure: 'loss', goal: 0, asTable: false },
        { measure: 'epochs', goal: null, asTable: false },
        { measure: 'steps', goal: Infinity, asTable: false },
        { measure: 'steps', goal: 0.1 },
      ],
    };
    for (const [field, values] of Object.entries(wrong)) {
      expect(accepts('wall', { [field]: USUAL_WALL[field as keyof WallView] }), field).toBe(true);
      for (const value of values) {
        expect(accepts('wall', { ...USUAL_WALL, [field]: value }), `${field} ${value}`).toBe(false);
      }
    }
    expect(accepts('point', { participant: 'none' })).toBe(true);
    expect(accepts('replay', { shown: 'none' })).toBe(true);
    const seen = { run: 1, step: MAX_STEPS, view: USUAL_WALL };
    expect(accepts('replay', { shown: seen })).toBe(true);
    for (const wrong of [
      { run: 0 },
      { step: -1 },
      { step: 0.5 },
      { step: MAX_STEPS + 1 },
      { view: {} },
      { view: { ...USUAL_WALL, pins: [-1] } },
    ]) {
      expect(accepts('replay', { shown: { ...seen, ...wrong } }), JSON.stringify(wrong)).toBe(
        false,
      );
    }
    // A whole school can be hidden, within the bytes of a message.
    const everybody = Array.from({ length: MAX_PARTICIPANTS }, (_, k) => MAX_ADMITTED - 1 - k);
    expect(accepts('wall', { hidden: everybody })).toBe(true);
    expect(JSON.stringify(['wall', { hidden: everybody }]).length).toBeLessThan(MAX_MESSAGE_BYTES);
  });

  it('bound what a report carries', () => {
    const losses = (length: number) => Array.from({ length }, () => 0.5);
    expect(accepts('losses', { run: 1, from: 0, losses: losses(MAX_WINDOWS) })).toBe(true);
    expect(accepts('losses', { run: 1, from: 0, losses: losses(MAX_WINDOWS + 1) })).toBe(false);
    expect(accepts('evaluations', { ...GOOD.evaluations, accuracies: [0.5, 1] })).toBe(false);
    expect(accepts('evaluations', { ...GOOD.evaluations, accuracies: [1.5] })).toBe(false);
  });

  it.each([
    ['a hidden layer', { ...mnist, model: 'mlp', init: { kind: 'seed' } }],
    ['a convnet', { ...mnist, model: 'convnet', init: { kind: 'seed' } }],
    // It learns little, and is computable all the same.
    ['a hidden layer that starts from zeros', { ...mnist, model: 'mlp' }],
    ['moons', toy],
    ['spirals', { ...toy, shape: 'spirals', points: 20, hidden: 1, activation: 'sigmoid' }],
    ['circles', { ...toy, shape: 'circles', points: 2_000, hidden: 32, activation: 'relu' }],
  ])('take a plan with %s', (_what, settings) => {
    expect(accepts('prepare', { ...plan, settings })).toBe(true);
  });

  it.each(Object.keys(toy))('refuse a toy run without %s', (field) => {
    expect(accepts('prepare', { ...plan, settings: { ...toy, [field]: undefined } })).toBe(false);
  });

  it.each([
    ['steps', { settings: { ...linear, steps: MAX_STEPS + 1 } }],
    ['a fraction of a step', { settings: { ...linear, steps: 1.5 } }],
    ['the model', { settings: { ...linear, model: 'softmax' } }],
    ['values for a softmax', { settings: { ...mnist, init: { kind: 'values', w: 0, b: 0 } } }],
    ['images', { settings: { ...mnist, images: 3_000 } }],
    ['an unknown model', { settings: { ...mnist, model: 'transformer' } }],
    ['a model of another experiment', { settings: { ...toy, model: 'convnet' } }],
    ['an unknown experiment', { settings: { ...toy, experiment: 'cats' } }],
    ['an unknown shape', { settings: { ...toy, shape: 'squares' } }],
    ['an unknown activation', { settings: { ...toy, activation: 'swish' } }],
    ['too few points', { settings: { ...toy, points: 19 } }],
    ['too many points', { settings: { ...toy, points: 2_001 } }],
    ['no hidden neuron', { settings: { ...toy, hidden: 0 } }],
    ['too many hidden neurons', { settings: { ...toy, hidden: 33 } }],
    ['half a hidden neuron', { settings: { ...toy, hidden: 1.5 } }],
    ['a ramp, which only the command line has', { settings: { ...toy, init: { kind: 'ramp' } } }],
    ['values for a network', { settings: { ...toy, init: { kind: 'values', w: 0, b: 0 } } }],
    ['an empty batch', { settings: { ...mnist, batchSize: 0 } }],
    ['the pace', { pace: { kind: 'paced', stepsPerSecond: 1e6 } }],
    ['a standstill', { pace: { kind: 'paced', stepsPerSecond: 0 } }],
    ['an empty list', { rates: { kind: 'list', rates: [] } }],
    ['a rate of 0', { rates: { kind: 'spread', from: 0, to: 1 } }],
    ['a huge rate', { rates: { kind: 'pick', from: 1, to: LEARNING_RATE.max * 10 } }],
  ])('refuse a plan with a wrong value for %s', (_what, wrong) => {
    expect(accepts('prepare', { ...plan, settings: mnist })).toBe(true);
    expect(accepts('prepare', { ...plan, ...wrong })).toBe(false);
  });
});
