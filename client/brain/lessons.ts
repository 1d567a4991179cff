import type { ClassBrainResult } from '../../shared/run/classBrain.ts';

/** What a class brain teaches, each lesson one sentence. */
export type Lesson =
  /** The average does as well as the best single model. */
  | 'averageHolds'
  /** It does not, although all began at the same place. */
  | 'averageFails'
  /** The average does badly, and that of the good rates well: who went too far drowned them. */
  | 'goodHold'
  /** The vote does better than the average. */
  | 'voteWins'
  /** Average or vote do better than the mean single model. */
  | 'crowd'
  /** With the diverged models in it the average is worse. */
  | 'divergedRuin'
  /** Without them it is no better. */
  | 'divergedHarmless';

/** Differences of accuracy below this say nothing: 50 of 10,000 test images. */
const CLEAR = 0.005;
/** The average holds while it lies within this of the best model. */
const CLOSE = 0.01;

export function lessonsOf({ bestOnTest, mean, sound, good, all }: ClassBrainResult): Lesson[] {
  const { average, vote } = sound;
  const lessons: Lesson[] = [];
  const highest = bestOnTest.accuracy;
  const holds = average.accuracy >= highest - CLOSE;
  lessons.push(holds ? 'averageHolds' : 'averageFails');
  const goodHold = good !== null && good.average.accuracy >= highest - CLOSE;
  if (!holds && goodHold) lessons.push('goodHold');
  if (vote.accuracy > average.accuracy + CLEAR) lessons.push('voteWins');
  if (Math.max(average.accuracy, vote.accuracy) > mean + CLEAR) lessons.push('crowd');
  if (all) {
    const ruins = all.average.accuracy < average.accuracy - CLEAR;
    lessons.push(ruins ? 'divergedRuin' : 'divergedHarmless');
  }
  return lessons;
}
