import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Line } from '../../../client/live/line.ts';
import { crowdPause } from '../../../shared/live/crowd.ts';
import { TIMING } from '../../../shared/limits.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('[P93] a page waits as long as the server says, and then at random, up to twice as long each time', () => {
  const { first, most } = TIMING.crowd;
  expect(crowdPause(0, 700, 0)).toBe(700);
  expect(crowdPause(0, 700, 1)).toBe(700 + first);
  expect(crowdPause(3, 700, 1)).toBe(700 + 8 * first);
  expect(crowdPause(3, 700, 0.5)).toBe(700 + 4 * first);
  for (const often of [20, 2_000]) expect(crowdPause(often, undefined, 1)).toBe(most);
});

it('[P93] who is sent back knocks again each time, and begins anew once through the door', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const line = new Line();
  const knock = vi.fn();
  const waited: number[] = [];
  for (let k = 0; k < 3; k++) {
    const from = Date.now();
    line.wait(200, knock);
    vi.advanceTimersToNextTimer();
    waited.push(Date.now() - from);
  }
  expect(waited).toEqual([700, 1_200, 2_200]);
  expect(knock).toHaveBeenCalledTimes(3);
  line.leave();
  line.wait(200, knock);
  vi.advanceTimersByTime(699);
  expect(knock).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(1);
  expect(knock).toHaveBeenCalledTimes(4);
});

it('[P93] who has gone, or knocks already, does not knock from the line', () => {
  const line = new Line();
  const knock = vi.fn();
  for (const done of ['stop', 'leave'] as const) {
    line.wait(200, knock);
    line[done]();
  }
  line.wait(200, knock);
  line.wait(300, knock);
  vi.runAllTimers();
  expect(knock).toHaveBeenCalledTimes(1);
});
