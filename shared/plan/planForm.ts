import { WORKSHOP_START } from '../data/linear.ts';
import type { Shape } from '../data/toy.ts';
import type { ActivationName } from '../model/activation.ts';
import type { RatePolicy } from '../run/rates.ts';
import type { Experiment, ImageCount, Init, MnistSettings, Model } from '../run/settings.ts';

/** What the instructor has typed and chosen; numbers are kept as typed until they are read. */
export interface PlanForm {
  experiment: Experiment;
  model: Model;
  length: string;
  lengthIn: 'epochs' | 'steps';
  start: 'workshop' | 'zeros' | 'seed';
  seed: string;
  /** Of the MNIST experiment only. */
  images: ImageCount;
  /** Of the toy experiment only, as are the next three. */
  shape: Shape;
  points: string;
  hidden: string;
  activation: ActivationName;
  /** Of the experiments with mini-batches, as is the order. */
  batchSize: string;
  order: MnistSettings['order'];
  pace: 'paced' | 'race';
  /** Whether students are asked what they expect of their rate. */
  bets: boolean;
  stepsPerSecond: string;
  rates: RatePolicy['kind'];
  from: string;
  to: string;
  list: string;
}

/** What has been typed or chosen anew; fields that are left out stay. */
export type FormChange = { [F in keyof PlanForm]?: PlanForm[F] | undefined };

export function initOf(start: PlanForm['start']): Init {
  return start === 'workshop' ? { kind: 'values', ...WORKSHOP_START } : { kind: start };
}

/**
 * The starting points that the form offers. From zeros a hidden layer's neurons stay equal for
 * ever, so they are no choice; a run that starts there all the same is shown as it is.
 */
export function startsOf({ experiment, model, start }: PlanForm): PlanForm['start'][] {
  const starts: PlanForm['start'][] = experiment === 'linear' ? ['workshop'] : [];
  if (model === 'perceptron' || model === 'softmax') starts.push('zeros');
  starts.push('seed');
  return starts.includes(start) ? starts : [...starts, start];
}
