import * as v from 'valibot';
import { WORKSHOP_START } from '../../shared/data/linear.ts';
import { MAX_ALONE_IMAGES, MAX_ALONE_RATES, MAX_LISTED_RATES } from '../../shared/limits.ts';
import { defaultForm } from '../../shared/plan/defaultForm.ts';
import { SCHEMAS } from '../../shared/protocol/schemas.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import type { Experiment, Model } from '../../shared/run/settings.ts';
import { readPlan } from '../instructor/readPlan.ts';
import { linkProblems, type LinkProblem } from './linkProblems.ts';

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

/** What a link asks for. */
export interface AskedRun {
  /** Null where nothing of it can be taken. It may ask for more rates than one browser can have. */
  plan: AlonePlan | null;
  /** What cannot be taken as it is; in the plan the usual stands for it. */
  problems: LinkProblem[];
}

export function readLink(link: string): AskedRun {
  const fields = new URLSearchParams(link);
  const problems = linkProblems(fields);
  if (problems.length === 0) return { plan: planIn(fields), problems };
  if (problems.some(({ name }) => name === 'experiment')) return { plan: null, problems };
  const experiment = fields.get('experiment') as Experiment;
  const wrong = new Set(problems.map(({ name }) => name));
  const model = wrong.has('model') ? undefined : (fields.get('model') as Model);
  const usual = new URLSearchParams(usualLink(experiment, model));
  for (const name of wrong) {
    fields.delete(name);
    const value = usual.get(name);
    if (value !== null) fields.set(name, value);
  }
  return { plan: planIn(fields), problems };
}

/** The run with which a model begins. */
function usualLink(experiment: Experiment, model?: Model): string {
  const read = readPlan({ ...defaultForm(experiment, model), rates: 'list' });
  const plan = 'plan' in read ? listed(read.plan) : null;
  return plan ? linkOf(plan) : '';
}

/** The plan in fields that have no problem. */
function planIn(fields: URLSearchParams): AlonePlan | null {
  const number = (name: string) => (fields.has(name) ? Number(fields.get(name)) : undefined);
  const settings: Record<string, unknown> = {};
  for (const name of WORDS) settings[name] = fields.get(name) ?? undefined;
  for (const name of NUMBERS) settings[name] = number(name);
  const start = fields.get('start');
  settings['init'] =
    start === 'workshop' ? { kind: 'values', ...WORKSHOP_START } : { kind: start ?? undefined };
  const pace = fields.get('pace');
  const rates = (fields.get('rates') ?? '').split(',').map(Number);
  const read = v.safeParse(SCHEMAS.prepare, {
    settings,
    pace: pace === 'race' ? { kind: 'race' } : { kind: 'paced', stepsPerSecond: Number(pace) },
    // However many there are: that they are too many is said with their number.
    rates: { kind: 'list', rates: rates.slice(0, MAX_LISTED_RATES) },
  });
  return read.success ? listed({ ...read.output, rates: { kind: 'list', rates } }) : null;
}

/** So many of the rates, from the lowest to the highest, evenly chosen by their rank. */
export function evenlyChosen(rates: readonly number[], most: number): number[] {
  const rising = rates.toSorted((a, b) => a - b);
  if (rising.length <= most) return rising;
  const last = rising.length - 1;
  return Array.from({ length: most }, (_, k) => rising[Math.round((k * last) / (most - 1))]!);
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
