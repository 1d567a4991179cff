/** Trains one run headless with the shared code and prints its curve, one JSON object a line. */
import process from 'node:process';
import { DataError } from '../../shared/data/idx.ts';
import { fingerprint } from '../../shared/model/fingerprint.ts';
import { createLearner, LinearLearner } from '../../shared/run/learner.ts';
import { goingOn } from '../../shared/run/goingOn.ts';
import { windowEnd } from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';
import { loadRunData } from '../data/runData.ts';
import { ArgumentError } from './argumentValues.ts';
import { parseTrainArguments, USAGE, type TrainArguments } from './trainArguments.ts';

async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  await train(parseTrainArguments(args), (line) =>
    process.stdout.write(`${JSON.stringify(line)}\n`),
  );
}

async function train(
  { settings, learningRate, grid, kernels, from }: TrainArguments,
  print: (line: object) => void,
): Promise<void> {
  const { data, space } = await loadRunData(settings);
  const learner = createLearner(
    ...([settings, learningRate, data, kernels ? space : null, from?.parameters] as const),
  );
  const done = from?.step ?? 0;
  const training = new Training(settings, goingOn(learner, done), grid);
  let printed = 0;
  while (training.advance(settings.steps, () => training.losses.length > printed)) {
    printed = printWindows(training, printed, done, print);
  }
  printWindows(training, printed, done, print);

  const { divergedAt, evaluations } = training;
  const last = divergedAt === null ? evaluations.length - 1 : -1;
  const { testExamples } = learner;
  print({
    done: true,
    steps: done + training.stepsDone,
    trainLoss: divergedAt === null ? learner.trainLoss() : null,
    testLoss: last >= 0 ? evaluations.at(last, 0) : null,
    // The column holds 32-bit floats; the share of 10,000 images has four decimals.
    testAccuracy:
      last >= 0 ? Math.round(evaluations.at(last, 1) * testExamples) / testExamples : null,
    params: learner instanceof LinearLearner ? finite(learner.model) : {},
    fingerprint: fingerprint(learner.parameters),
    divergedAt: divergedAt === null ? null : done + divergedAt,
  });
}

/** Prints the windows closed since, `before` steps having been done before the first, and returns how many there are now. */
function printWindows(
  training: Training,
  from: number,
  before: number,
  print: (line: object) => void,
): number {
  const { grid, losses } = training;
  for (let k = from; k < losses.length; k++) {
    print({ step: before + windowEnd(grid, k) - 1, loss: losses.at(k) });
  }
  return losses.length;
}

/** A diverged perceptron's parameters may have left the numbers that JSON knows. */
function finite({ w, b }: { w: number; b: number }): { w: number | null; b: number | null } {
  return { w: Number.isFinite(w) ? w : null, b: Number.isFinite(b) ? b : null };
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main(process.argv.slice(2)).catch((error: unknown) => {
  const isTold = error instanceof ArgumentError || error instanceof DataError;
  // What was typed is repeated in it, line breaks and all.
  const told = isTold ? `train: ${error.message.replace(/\s+/g, ' ')}` : (error as Error).stack;
  process.stderr.write(`${told}\n`);
  process.exitCode = error instanceof ArgumentError ? 2 : 1;
});
