import * as v from 'valibot';
import { WORKSHOP_START } from '../../shared/data/linear.ts';
import { MAX_ALONE_IMAGES, MAX_ALONE_RATES } from '../../shared/limits.ts';
import { SCHEMAS } from '../../shared/protocol/schemas.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import type { Experiment } from '../../shared/run/settings.ts';

/** A run of a single browser: its learning rates are listed. */
export type AlonePlan = RunPlan & { rates: { kind: 'list'; rates: number[] } };

const WORDS = ['experiment', 'model', 'order', 'shape', 'activation'] as const;
const NUMBERS = ['seed', 'steps', 'images', 'batchSize', 'points', 'hidden'] as const;

/** How many models one browser trains at once: each holds the images that it learns from. */
export function mostRates({
  experiment,
  images = 0,
}: {
  experiment: Experiment;
  images?: number;
}): number {
  if (experiment !== 'mnist') return MAX_ALONE_RATES;
  return Math.min(MAX_ALONE_RATES, Math.floor(MAX_ALONE_IMAGES / images));
}

/** A plan as the part of an address behind the #, to be shared. */
export function linkOf({ settings, pace, rates }: AlonePlan): string {
  const fields = new URLSearchParams();
  const values: Record<string, unknown> = { ...settings };
  for (const name of [...WORDS, ...NUMBERS]) {
    if (values[name] !== undefined) fields.set(name, String(values[name]));
  }
  fields.set('start', settings.init.kind === 'values' ? 'workshop' : settings.init.kind);
  fields.set('pace', pace.kind === 'race' ? 'race' : String(pace.stepsPerSecond));
  // Commas are legal there, and an address with %2C in it is hard to read.
  return `${fields.toString()}&rates=${rates.rates.join(',')}`;
}

/**
 * The plan that a link asks for, or null where it cannot be read. It may ask for more than one
 * browser can have: `alonePlan` says so.
 */
export function planOf(link: string): AlonePlan | null {
  const fields = new URLSearchParams(link);
  const number = (text: string | null) =>
    text === null || text.trim() === '' ? undefined : Number(text);
  const settings: Record<string, unknown> = {};
  for (const name of WORDS) settings[name] = fields.get(name) ?? undefined;
  for (const name of NUMBERS) settings[name] = number(fields.get(name));
  const start = fields.get('start');
  settings['init'] =
    start === 'workshop' ? { kind: 'values', ...WORKSHOP_START } : { kind: start ?? undefined };
  const pace = fields.get('pace');
  const rates = (fields.get('rates') ?? '').split(',').map(number);
  const read = v.safeParse(SCHEMAS.prepare, {
    settings,
    pace: pace === 'race' ? { kind: 'race' } : { kind: 'paced', stepsPerSecond: number(pace) },
    rates: { kind: 'list', rates },
  });
  return read.success ? listed(read.output) : null;
}

/** The plan, where one browser can have it: with few enough learning rates, all different. */
export function alonePlan(plan: RunPlan): AlonePlan | null {
  const alone = listed(plan);
  return alone && alone.rates.rates.length <= mostRates(alone.settings) ? alone : null;
}

function listed({ settings, pace, rates }: RunPlan): AlonePlan | null {
  if (rates.kind !== 'list') return null;
  return { settings, pace, rates: { kind: 'list', rates: [...new Set(rates.rates)] } };
}
