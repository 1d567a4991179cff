import { ImageSet } from '../../shared/data/images.ts';
import { Ballot } from '../../shared/model/ballot.ts';
import type { Classifier } from '../../shared/model/classifier.ts';
import { createClassifier } from '../../shared/model/createClassifier.ts';
import { largest } from '../../shared/model/crossEntropy.ts';
import type { BrainPlan } from '../../shared/run/brainMembers.ts';
import type { ClassBrain } from '../../shared/run/classBrain.ts';
import type { MnistSettings } from '../../shared/run/settings.ts';
import type { BrainAnswer } from './messages.ts';

/** Reads drawn digits with the averaged model, and with the votes of all that have not diverged. */
export class BrainReader {
  private readonly average: Classifier;
  private readonly voters: { model: Classifier; students: number }[];

  /** @param brain one that is done, with a model at least that has not diverged */
  constructor(settings: MnistSettings, { members }: BrainPlan, brain: ClassBrain) {
    this.average = createClassifier(settings, null, brain.parameters ?? undefined);
    this.voters = members.flatMap(({ students, divergedAt }, k) =>
      divergedAt === null
        ? { model: createClassifier(settings, null, brain.models[k]), students }
        : [],
    );
  }

  /** @param pixels 784 bytes, 0 (paper) to 255 (ink) */
  read(pixels: Uint8Array): BrainAnswer {
    const set = ImageSet.of({ images: pixels, labels: new Uint8Array(1) });
    const { classes } = this.average;
    const average = new Float32Array(classes);
    this.average.classify(set, 0, average);
    const ballot = new Ballot(1, classes);
    const probabilities = new Float32Array(classes);
    for (const { model, students } of this.voters) {
      model.classify(set, 0, probabilities);
      ballot.add([largest(probabilities)], students);
    }
    return { average, votes: ballot.shares(0) };
  }
}
