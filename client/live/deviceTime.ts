/** Read once: some browsers work it out anew from the system's clock each time. */
const origin = performance.timeOrigin;

/**
 * This device's time in ms since 1970. Unlike `Date.now` it never jumps when the system's clock is
 * set right. It may stand still while the device sleeps, and a worker's may differ from its page's.
 */
export function deviceTime(): number {
  return origin + performance.now();
}
