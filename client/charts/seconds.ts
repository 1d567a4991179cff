import { stepsClosed, type Grid } from '../../shared/run/settings.ts';

/**
 * The seconds of a run at which a device had done so many steps, from those at which it closed its
 * reporting windows: evenly in between, from 0 at the start. Ends before the first step that it has
 * not come to.
 * @param times seconds at the end of each window
 * @param steps rising
 */
export function secondsAtSteps(
  times: Float32Array,
  grid: Grid,
  steps: readonly number[],
): Float32Array {
  const seconds: number[] = [];
  let k = 0;
  for (const step of steps) {
    while (k < times.length && stepsClosed(grid, k + 1) < step) k++;
    if (k === times.length) break;
    const [from, to] = [stepsClosed(grid, k), stepsClosed(grid, k + 1)];
    const [begin, end] = [k === 0 ? 0 : times[k - 1]!, times[k]!];
    // Where nobody knows of the window before, the end of this one is known all the same.
    seconds.push(step === to ? end : begin + ((end - begin) * (step - from)) / (to - from));
  }
  return Float32Array.from(seconds);
}
