import { PIXELS } from '../../shared/data/idx.ts';
import { ImageSet } from '../../shared/data/images.ts';
import { PointSet } from '../../shared/data/toy.ts';
import { largest } from '../../shared/model/crossEntropy.ts';
import {
  ClassifierLearner,
  type LinearLearner,
  type TrainingData,
} from '../../shared/run/learner.ts';
import type { Picture, Samples } from './messages.ts';

/** Test digits shown beside the model's guesses. */
const DIGITS = 12;

/** Rows and columns of the squares that show what the model says of each part of the plane. */
const GRID_SIDE = 40;
const GRID = PointSet.grid(GRID_SIDE);

/** Some of the data, or null while it has not arrived or where the page knows it. */
export function samplesOf(data: TrainingData): Samples | null {
  switch (data.experiment) {
    case 'linear':
      return null;
    case 'toy': {
      const { coordinates, labels } = data.train;
      return { kind: 'points', coordinates: coordinates.slice(), labels: labels.slice() };
    }
    case 'mnist': {
      const { test } = data;
      if (test.available < DIGITS) return null;
      const images = test.bytes(0, DIGITS).slice(0, DIGITS * PIXELS);
      return { kind: 'digits', images, labels: test.labels.slice(0, DIGITS) };
    }
  }
}

/** What the model has learnt up to now, or null where there is nothing to show yet. */
export function pictureOf(learner: LinearLearner | ClassifierLearner): Picture | null {
  if (learner instanceof ClassifierLearner) {
    if (!(learner.test instanceof ImageSet)) return boundary(learner);
    return guesses(learner);
  }
  const { w, b } = learner.model;
  return Number.isFinite(w) && Number.isFinite(b) ? { kind: 'line', w, b } : null;
}

function guesses({ model, test }: ClassifierLearner): Picture | null {
  if (test.available < DIGITS) return null;
  const picture = {
    kind: 'digits' as const,
    guesses: new Uint8Array(DIGITS),
    probabilities: new Float32Array(DIGITS),
  };
  const probabilities = new Float32Array(model.classes);
  for (let i = 0; i < DIGITS; i++) {
    model.classify(test, i, probabilities);
    const guess = largest(probabilities);
    picture.guesses[i] = guess;
    picture.probabilities[i] = probabilities[guess]!;
  }
  return picture;
}

/** Null where the model has left the numbers. */
function boundary({ model }: ClassifierLearner): Picture | null {
  const picture = {
    kind: 'boundary' as const,
    side: GRID_SIDE,
    probabilities: new Float32Array(GRID.capacity),
  };
  const probabilities = new Float32Array(model.classes);
  for (let i = 0; i < GRID.capacity; i++) {
    model.classify(GRID, i, probabilities);
    picture.probabilities[i] = probabilities[1]!;
  }
  return picture.probabilities.every(Number.isFinite) ? picture : null;
}
