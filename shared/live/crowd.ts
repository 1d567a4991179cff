import { TIMING } from '../limits.ts';

/**
 * How long a page waits after it was told that there are too many at once, in ms: as long as the
 * server says, and then at random, up to twice as long each time, so that a crowd thins out.
 * @param attempt how often in a row it was told so before, from 0
 * @param retryAfter what the server says, in ms
 */
export function crowdPause(attempt: number, retryAfter = 0, random = Math.random()): number {
  const { first, most } = TIMING.crowd;
  return retryAfter + random * Math.min(most, first * 2 ** attempt);
}
