import { POINTS } from './session.svelte.ts';

/**
 * Losses of mini-batches, as noisy as those of softmax regression: the curves fall from 2.3 at
 * different speeds. With `deeper`, all fall by three more decades on the way, so that a log axis
 * has to be rescaled again and again.
 */
export function madeUpLosses(students: number, deeper: boolean): Float32Array[] {
  let state = 12_345;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: students }, (_, s) => {
    const speed = 3 + (30 * s) / students;
    return Float32Array.from({ length: POINTS }, (_, k) => {
      const share = k / POINTS;
      const course = 2 * Math.exp(-speed * share) + 0.3;
      return course * (0.75 + 0.5 * random()) * (deeper ? 10 ** (-3 * share) : 1);
    });
  });
}
