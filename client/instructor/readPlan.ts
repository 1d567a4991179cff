import {
  LEARNING_RATE,
  MAX_BATCH_SIZE,
  MAX_HIDDEN,
  MAX_LISTED_RATES,
  MAX_STEPS,
  PACE,
  TOY_POINTS,
} from '../../shared/limits.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { shownRate, type RatePolicy } from '../../shared/run/rates.ts';
import { MNIST_MODELS, stepsPerEpoch, type RunSettings } from '../../shared/run/settings.ts';
import { readings, typedNumbers, typedWhole } from '../i18n/typedNumber.ts';
import { initOf, type PlanForm } from '../../shared/plan/planForm.ts';

/** The fields in which something can be wrong. */
export type Field =
  'length' | 'seed' | 'batchSize' | 'points' | 'hidden' | 'stepsPerSecond' | 'from' | 'to' | 'list';

export type FieldError =
  | { error: 'missing' }
  | { error: 'notNumber'; text: string }
  | { error: 'notWhole' }
  /** Two numbers can be meant. */
  | { error: 'ambiguous'; text: string; readings: number[] }
  /** Commas or spaces can separate numbers as well as belong to them. */
  | { error: 'ambiguousList' }
  | { error: 'outOfRange'; min: number; max: number }
  /** More steps than a run may have; `max` counts what the field counts, epochs or steps. */
  | { error: 'tooLong'; max: number }
  | { error: 'tooMany'; max: number };

export type FieldErrors = Partial<Record<Field, FieldError>>;

/** The run that the form asks for, or what is wrong in which field. */
export function readPlan(form: PlanForm): { plan: RunPlan } | { errors: FieldErrors } {
  const errors: FieldErrors = {};
  const number = (field: Field, text: string, min: number, max: number, whole: boolean): number => {
    const read = readNumber(text, min, max, whole);
    if (typeof read === 'number') return read;
    errors[field] = read;
    return min;
  };

  const settings = readSettings(form, number, errors);
  const plan: RunPlan = {
    settings,
    pace:
      form.pace === 'race'
        ? { kind: 'race' }
        : {
            kind: 'paced',
            stepsPerSecond: number(
              'stepsPerSecond',
              form.stepsPerSecond,
              PACE.min,
              PACE.max,
              false,
            ),
          },
    rates: readRates(form, number, errors),
    bets: form.bets,
  };
  return Object.keys(errors).length > 0 ? { errors } : { plan };
}

type ReadNumber = (field: Field, text: string, min: number, max: number, whole: boolean) => number;

function readSettings(form: PlanForm, number: ReadNumber, errors: FieldErrors): RunSettings {
  const settings = readExperiment(form, number);
  if (form.lengthIn === 'epochs') settings.steps *= stepsPerEpoch(settings);
  if (settings.steps > MAX_STEPS && !errors.length) {
    errors.length = { error: 'tooLong', max: Math.floor(MAX_STEPS / stepsPerEpoch(settings)) };
  }
  return settings;
}

/** The settings, with the length as typed in `steps`. */
function readExperiment(form: PlanForm, number: ReadNumber): RunSettings {
  const init = initOf(form.start);
  const common = {
    seed: number('seed', form.seed, 0, 0xffff_ffff, true),
    steps: number('length', form.length, 1, MAX_STEPS, true),
    init,
  };
  if (form.experiment === 'linear') return { experiment: 'linear', model: 'perceptron', ...common };
  const batched = {
    ...common,
    init: init.kind === 'values' ? { kind: 'seed' as const } : init,
    batchSize: number('batchSize', form.batchSize, 1, MAX_BATCH_SIZE, true),
    order: form.order,
  };
  if (form.experiment === 'mnist') {
    const model = MNIST_MODELS.find((known) => known === form.model) ?? 'softmax';
    return { experiment: 'mnist', model, ...batched, images: form.images };
  }
  return {
    experiment: 'toy',
    model: 'mlp',
    ...batched,
    shape: form.shape,
    points: number('points', form.points, TOY_POINTS.min, TOY_POINTS.max, true),
    hidden: number('hidden', form.hidden, 1, MAX_HIDDEN, true),
    activation: form.activation,
  };
}

function readRates(form: PlanForm, number: ReadNumber, errors: FieldErrors): RatePolicy {
  const { min, max } = LEARNING_RATE;
  if (form.rates !== 'list') {
    return {
      kind: form.rates,
      from: shownRate(number('from', form.from, min, max, false)),
      to: shownRate(number('to', form.to, min, max, false)),
    };
  }
  const read = typedNumbers(form.list);
  const rates = 'numbers' in read ? read.numbers.map((rate) => shownRate(rate)) : [];
  if ('wrong' in read) errors.list = { error: 'notNumber', text: read.wrong };
  else if ('ambiguous' in read) errors.list = { error: 'ambiguousList' };
  else if (rates.length === 0) errors.list = { error: 'missing' };
  else if (rates.length > MAX_LISTED_RATES)
    errors.list = { error: 'tooMany', max: MAX_LISTED_RATES };
  else if (rates.some((rate) => rate < min || rate > max)) {
    errors.list = { error: 'outOfRange', min, max };
  }
  return { kind: 'list', rates };
}

/** A number as typed, from `min` to `max`, or what is wrong with it. */
export function readNumber(
  text: string,
  min: number,
  max: number,
  whole: boolean,
): number | FieldError {
  if (text.trim() === '') return { error: 'missing' };
  const value = whole ? typedWhole(text) : readDecimal(text, min, max);
  if (value === 'notWhole') return { error: 'notWhole' };
  if (value === 'notNumber') return { error: 'notNumber', text: text.trim() };
  if (typeof value !== 'number') return value;
  if (value < min || value > max) return { error: 'outOfRange', min, max };
  return value;
}

/** Of two numbers that can be meant, the one that is possible. */
function readDecimal(text: string, min: number, max: number): number | 'notNumber' | FieldError {
  const all = readings(text);
  const possible = all.filter((each) => each >= min && each <= max);
  if (possible.length > 1) return { error: 'ambiguous', text: text.trim(), readings: possible };
  return possible[0] ?? all[0] ?? 'notNumber';
}
