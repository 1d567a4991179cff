import type { Clock } from '../../shared/clock.ts';
import type { FeatureMaps } from '../../shared/model/featureMaps.ts';
import type { RunSettings } from '../../shared/run/settings.ts';

/** From the page to the worker that trains. */
export type ToWorker =
  /** Begin a run from its first step; what was trained before is forgotten. */
  | {
      type: 'run';
      run: number;
      settings: RunSettings;
      rate: number;
      /** Steps that this student is known to have done: recomputed whatever the clock says. */
      doneBefore: number;
      /** Absolute URL of the folder with the data's manifest. */
      dataUrl: string;
    }
  /**
   * Where the class stands. `offset` is the server's time minus the worker's, in ms; `share` of the
   * time it may compute, where several train in one browser, and otherwise all of it.
   */
  | { type: 'clock'; clock: Clock; offset: number; share?: number }
  /** A digit to read from now on, 784 bytes, 0 (paper) to 255 (ink); null for none. */
  | { type: 'draw'; pixels: Uint8Array | null }
  /** Say which digits the model mistakes for which, as soon as nothing is to be trained. */
  | { type: 'examine' }
  /** Say from now on which filters the model has, and which of its units never fire. */
  | { type: 'filters' }
  /** Say which parameters the model has now. */
  | { type: 'export' }
  /** What time is it? `asked` comes back with the answer, which is the sign of life too. */
  | { type: 'time'; asked: number }
  /** Stop training; the model stays as it is. */
  | { type: 'halt' };

/** From the worker to the page. Each message names the run, so that one of an earlier run is dropped. */
export type FromWorker = { run: number } &
  /** `seconds` of the run had gone by when they were there. */
  (
    | { type: 'losses'; from: number; losses: Float32Array; seconds: number }
    /** (loss, accuracy) pairs on the test images. */
    | { type: 'evaluations'; from: number; values: Float32Array }
    | { type: 'diverged'; atStep: number }
    | { type: 'progress'; step: number; stepsPerSecond: number }
    /** Images loaded and needed; `interrupted` while the network is away. */
    | { type: 'loading'; loaded: number; total: number; interrupted: boolean }
    | { type: 'samples'; samples: Samples }
    | { type: 'picture'; picture: Picture }
    /** What the model says of the drawn digit: the probability of each; a few times a second. */
    | { type: 'reading'; probabilities: Float32Array | null }
    | { type: 'mistakes'; mistakes: Mistakes }
    /** A few times a second, where they were asked for. */
    | { type: 'filters'; filters: Filters }
    /** After `filters` was asked for, in the time that training leaves. */
    | { type: 'silence'; silence: Silence }
    /** The kernels cannot be had here: the readable code trains, to the same bits, slower. */
    | { type: 'readable' }
    /** All parameters as they are, the steps that made them, and the loss of each closed window. */
    | {
        type: 'model';
        step: number;
        divergedAt: number | null;
        losses: Float32Array;
        parameters: (Float32Array | Float64Array)[];
      }
    | { type: 'failed'; reason: 'data' | 'internal' }
    /** The worker's time, in ms since 1970, which may not be the page's; says nothing about a run. */
    | { type: 'time'; asked: number; now: number }
  );

/** What a page hears of its worker by itself; the supervisor keeps the time, and hands over models. */
export type WorkerNews = Exclude<FromWorker, { type: 'time' | 'model' }>;

/** Some of the data, which the page shows beside what the model makes of it. */
export type Samples =
  /** Test digits: 784 bytes an image, 0 (paper) to 255 (ink). */
  | { kind: 'digits'; images: Uint8Array; labels: Uint8Array }
  /** The points to train on: x and y of one after the other, and the class of each. */
  | { kind: 'points'; coordinates: Float32Array; labels: Uint8Array };

/** What the model has learnt, as the student sees it; a few times a second. */
export type Picture =
  | { kind: 'line'; w: number; b: number }
  /** For each sample the digit the model would say, and with what probability. */
  | { kind: 'digits'; guesses: Uint8Array; probabilities: Float32Array }
  /** The probability of class 1 in side × side squares of the plane, row by row from the top left. */
  | { kind: 'boundary'; side: number; probabilities: Float32Array };

/** What a model of the digits looks for in an image. */
export type Filters =
  /** 784 weights for each digit, one digit after the other. */
  | { model: 'softmax'; weights: Float32Array }
  | {
      model: 'mlp';
      /** The hidden units with the largest outgoing weights, the largest first, of how many. */
      units: Uint16Array;
      of: number;
      /** 784 weights for each of them, and how much they have changed since the start. */
      weights: Float32Array;
      changes: Float32Array;
      /** Their weights in the next layer: one for each digit. */
      outgoing: Float32Array;
    }
  | ({
      model: 'convnet';
      /** Nine kernels of 5×5. */
      kernels: Float32Array;
      /** The image whose maps they are, 784 bytes. */
      pixels: Uint8Array;
    } & FeatureMaps);

/** Which hidden units of a model have died, as of a step. */
export interface Silence {
  /** 1 for each unit that fires for no test image. */
  silent: Uint8Array;
  step: number;
}

/** What a model gets wrong of the test images. */
export interface Mistakes {
  /** How often digit `label` was read as `guess`: at 10 · label + guess. */
  counts: Uint32Array;
  /** The mistakes with the highest loss, the highest first: 784 bytes each. */
  images: Uint8Array;
  labels: Uint8Array;
  guesses: Uint8Array;
  /** Of the guess. */
  probabilities: Float32Array;
  /** Cross-entropy of the label, in nats. */
  losses: Float32Array;
}
