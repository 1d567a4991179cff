import type { ParticipantResults, RunResult } from './results.ts';

type Run = Pick<RunResult, 'number' | 'settings'>;

/** `results.csv` has a line for each participant of a run, */
export const RESULT_COLUMNS = [
  ...['run', 'experiment', 'model', 'steps', 'batch_size', 'images', 'seed', 'rank', 'student'],
  ...['name', 'simulated', 'learning_rate', 'state', 'diverged_at_step', 'verified', 'points'],
  ...['last_loss', 'test_loss', 'test_accuracy', 'bet', 'outcome', 'bet_points'],
];
/** and `curves.csv` one for each of its loss points. */
export const CURVE_COLUMNS = [
  'run',
  'student',
  'name',
  'learning_rate',
  'steps_done',
  'loss',
  'seconds',
];

export function resultRow({ number, settings }: Run, each: ParticipantResults): unknown[] {
  const batches = settings.experiment === 'mnist' ? settings : null;
  const test = each.evaluations.at(-1);
  return [
    ...[number, settings.experiment, settings.model, settings.steps],
    ...[batches?.batchSize, batches?.images, settings.seed],
    ...[each.rank, each.index + 1, each.name, each.simulated, each.rate, each.state],
    ...[each.divergedAt, each.verdict, each.losses.length],
    ...[each.losses.at(-1)?.loss, test?.loss, test?.accuracy],
    ...[each.bet, each.outcome, each.betPoints],
  ];
}

export function* curveRowsOf(
  { number }: Run,
  { index, name, rate, losses }: ParticipantResults,
): Iterable<unknown[]> {
  for (const { steps, loss, seconds } of losses) {
    yield [number, index + 1, name, rate, steps, loss, seconds];
  }
}
