/** Where the server takes its time from, so that rooms can be tested on a time of their own. */
export interface TimeSource {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` once, `ms` milliseconds from now; returns what calls it off. */
  after(ms: number, action: () => void): () => void;
}

/** The machine's own time. A pending action does not keep the process alive. */
export const machineTime: TimeSource = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms).unref();
    return () => clearTimeout(timer);
  },
};
