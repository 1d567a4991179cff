import { PIXELS } from '../../shared/data/idx.ts';
import type { ImageSet } from '../../shared/data/images.ts';
import { CLASSES } from '../../shared/model/classifier.ts';
import { largest } from '../../shared/model/crossEntropy.ts';
import { ImageLearner, type LinearLearner } from '../../shared/run/learner.ts';
import type { Picture, Samples } from './messages.ts';

/** Test digits shown beside the model's guesses. */
const SAMPLES = 12;

/** The first test images, or null while they have not arrived. */
export function samplesOf(test: ImageSet): Samples | null {
  if (test.available < SAMPLES) return null;
  const images = test.bytes(0, SAMPLES).slice(0, SAMPLES * PIXELS);
  return { images, labels: test.labels.slice(0, SAMPLES) };
}

/** What the model has learnt up to now, or null where there is nothing to show yet. */
export function pictureOf(learner: LinearLearner | ImageLearner): Picture | null {
  if (learner instanceof ImageLearner) return guesses(learner);
  const { w, b } = learner.model;
  return Number.isFinite(w) && Number.isFinite(b) ? { kind: 'line', w, b } : null;
}

function guesses({ model, test }: ImageLearner): Picture | null {
  if (test.available < SAMPLES) return null;
  const picture = {
    kind: 'digits' as const,
    guesses: new Uint8Array(SAMPLES),
    probabilities: new Float32Array(SAMPLES),
  };
  const probabilities = new Float32Array(CLASSES);
  for (let i = 0; i < SAMPLES; i++) {
    model.classify(test, i, probabilities);
    const guess = largest(probabilities);
    picture.guesses[i] = guess;
    picture.probabilities[i] = probabilities[guess]!;
  }
  return picture;
}
