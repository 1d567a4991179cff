import * as v from 'valibot';
import { LEARNING_RATE, MAX_STEPS, MAX_WINDOWS } from '../../shared/limits.ts';
import { parameterShapes } from '../../shared/model/parameters.ts';
import { SETTINGS } from '../../shared/protocol/schemas.ts';
import { FORMAT, type SavedModel } from '../../shared/run/savedModel.ts';
import type { RunSettings } from '../../shared/run/settings.ts';

const number = v.pipe(v.number(), v.finite());
const SAVED = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  settings: SETTINGS,
  learningRate: v.pipe(v.number(), v.minValue(LEARNING_RATE.min), v.maxValue(LEARNING_RATE.max)),
  step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_STEPS)),
  divergedAt: v.nullable(v.number()),
  losses: v.pipe(v.array(number), v.maxLength(MAX_WINDOWS)),
  parameters: v.pipe(v.array(v.array(v.nullable(number))), v.maxLength(8)),
});

/** What a file says, or why no training can go on from it, in one line. */
export function readSavedModel(text: string): { model: SavedModel } | { wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { wrong: 'it is no JSON' };
  }
  const read = v.safeParse(SAVED, json);
  if (!read.success) {
    const [issue] = read.issues;
    return { wrong: `${v.getDotPath(issue) ?? 'it'} is not as in a saved model: ${issue.message}` };
  }
  const model = read.output;
  if (model.divergedAt !== null) return { wrong: `it diverged at step ${model.divergedAt}` };
  const lengths = lengthsOf(model.settings);
  const fits =
    model.parameters.length === lengths.length &&
    model.parameters.every(
      (values, p) => values.length === lengths[p] && values.every((value) => value !== null),
    );
  return fits ? { model } : { wrong: 'its parameters do not fit its model' };
}

function lengthsOf(settings: RunSettings): number[] {
  return settings.experiment === 'linear'
    ? [2]
    : parameterShapes(settings).map(({ length }) => length);
}
