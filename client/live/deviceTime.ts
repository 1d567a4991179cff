/**
 * This device's time in ms since 1970. Unlike `Date.now` it never jumps when the system's clock is
 * set right, and a worker of the same page reads the same.
 */
export function deviceTime(): number {
  return performance.timeOrigin + performance.now();
}
