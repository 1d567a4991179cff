import type { Learner } from './learner.ts';

/** A learner whose first step is step `done` of its run: the batches go on where they were. */
export function goingOn(learner: Learner, done: number): Learner {
  return {
    canStep: (step) => learner.canStep(done + step),
    prepare: () => learner.prepare(),
    step: (step) => learner.step(done + step),
    testExamples: learner.testExamples,
    evaluationSlice: learner.evaluationSlice,
    canEvaluate: () => learner.canEvaluate(),
    evaluate: (tally, from, to) => learner.evaluate(tally, from, to),
    trainLoss: () => learner.trainLoss(),
    get parameters() {
      return learner.parameters;
    },
  };
}
