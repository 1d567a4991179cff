import { WORKSHOP } from '../../shared/data/linear.ts';
import { edgeOfStability } from '../../shared/model/edge.ts';
import { shownRate } from '../../shared/run/rates.ts';
import { defaultForm } from '../../shared/plan/defaultForm.ts';
import type { PlanForm } from '../../shared/plan/planForm.ts';

/** The workshop's moments, in the order in which it comes to them. */
export const PRESETS = ['lowOrHigh', 'edge', 'softmax', 'hidden', 'convolutions', 'toy'] as const;
export type Preset = (typeof PRESETS)[number];

/** The ends of the rates with which the edge 2/λmax is looked for, as parts of it: half a class on each side. */
const AROUND_THE_EDGE = { from: 0.85, to: 1.18 } as const;

/** The run of a moment. */
export function presetForm(preset: Preset): PlanForm {
  switch (preset) {
    case 'lowOrHigh':
      return defaultForm('linear');
    case 'edge': {
      // Long enough for a rate just past the edge to leave, however slowly.
      const edge = edgeOfStability(WORKSHOP.x);
      const { from, to } = AROUND_THE_EDGE;
      return {
        ...defaultForm('linear'),
        length: '300',
        from: String(shownRate(from * edge)),
        to: String(shownRate(to * edge)),
      };
    }
    case 'softmax':
      // The full data set, once: 1,875 steps in 40 s.
      return {
        ...defaultForm('mnist', 'softmax'),
        images: 60_000,
        length: '1',
        stepsPerSecond: '47',
      };
    case 'hidden':
      return defaultForm('mnist', 'mlp');
    case 'convolutions':
      return defaultForm('mnist', 'convnet');
    case 'toy':
      return defaultForm('toy');
  }
}

/** The moment whose run the form asks for, or null where it is another one. */
export function presetOf(form: PlanForm): Preset | null {
  return PRESETS.find((preset) => asksSame(presetForm(preset), form)) ?? null;
}

/** Whether two forms ask for the same run, whatever else is typed in them. */
export function asksSame(a: PlanForm, b: PlanForm): boolean {
  return relevant(a) === relevant(b);
}

/** What of a form has a say in its run, as text. */
function relevant(form: PlanForm): string {
  const { experiment, model, length, lengthIn, start, pace, rates } = form;
  const said: unknown[] = [experiment, model, length, lengthIn, start, pace, rates];
  if (pace === 'paced') said.push(form.stepsPerSecond);
  said.push(...(rates === 'list' ? [form.list] : [form.from, form.to]));
  if (experiment !== 'linear') said.push(form.seed, form.batchSize, form.order);
  if (experiment === 'mnist') said.push(form.images);
  if (experiment === 'toy') said.push(form.shape, form.points, form.hidden, form.activation);
  return JSON.stringify(said);
}
