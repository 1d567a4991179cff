/**
 * The common clock: a small record from which every browser works out, by itself and at any
 * moment, at which step of the run it should be. The server writes the record; nobody ticks.
 * Times are milliseconds of the server's clock since 1970.
 */

/** Steps a second for everybody together, or each device as fast as it can. */
export type Pace = { kind: 'paced'; stepsPerSecond: number } | { kind: 'race' };

export type Clock =
  /** Everybody stands at `step` until `at`, then walks `stepsPerSecond` up to `until` and halts there. */
  | { kind: 'paced'; step: number; at: number; stepsPerSecond: number; until: number }
  /**
   * From `at` each device runs as fast as it can, while `going`; halted, it stays where it is.
   * `gone` are the ms that it ran before `at`, pauses not among them.
   */
  | { kind: 'race'; at: number; going: boolean; gone: number };

/**
 * The number of steps that should be done at server time `now`.
 * @param done steps this device has done; a halted race asks for no more
 * @param total steps of the whole run
 */
export function targetStep(clock: Clock, now: number, done: number, total: number): number {
  switch (clock.kind) {
    case 'paced':
      return Math.min(clockStep(clock, now), total);
    case 'race':
      return clock.going && now >= clock.at ? total : done;
  }
}

/** The step that a paced clock shows at server time `now`. */
export function clockStep(clock: Extract<Clock, { kind: 'paced' }>, now: number): number {
  const walked = Math.floor((Math.max(0, now - clock.at) * clock.stepsPerSecond) / 1_000);
  return Math.min(clock.step + walked, clock.until);
}

/** The server time at which the clock next asks for a step, or null when it asks for none by itself. */
export function nextStepAt(clock: Clock, now: number): number | null {
  switch (clock.kind) {
    case 'paced': {
      const step = clockStep(clock, now);
      if (step >= clock.until) return null;
      return clock.at + ((step + 1 - clock.step) * 1_000) / clock.stepsPerSecond;
    }
    case 'race':
      return clock.going && now < clock.at ? clock.at : null;
  }
}

/**
 * Seconds of the run that have gone by at server time `now`: of a pace those that the class has
 * walked, of a race those since its start; a pause adds none. A device that is late at the end of
 * the run is given its own time.
 * @param total steps of the whole run
 */
export function secondsGone(clock: Clock, now: number, total: number): number {
  const since = Math.max(0, now - clock.at);
  if (clock.kind === 'race') return (clock.gone + (clock.going ? since : 0)) / 1_000;
  const walked = (since * clock.stepsPerSecond) / 1_000;
  const isHalted = clock.until < total;
  const steps = isHalted ? Math.min(walked, clock.until - clock.step) : walked;
  return (clock.step + steps) / clock.stepsPerSecond;
}

/** A clock that stands before the first step and starts at server time `at`. */
export function startClock(pace: Pace, total: number, at: number): Clock {
  return pace.kind === 'race'
    ? { kind: 'race', at, going: true, gone: 0 }
    : { kind: 'paced', step: 0, at, stepsPerSecond: pace.stepsPerSecond, until: total };
}

/**
 * Halts everybody at one and the same step: the one the clock will show in `lead` milliseconds, so
 * that the news is everywhere before anyone has walked past it.
 */
export function pauseClock(clock: Clock, now: number, lead: number): Clock {
  if (clock.kind === 'race') {
    const gone = clock.gone + (clock.going ? Math.max(0, now - clock.at) : 0);
    return { ...clock, going: false, gone };
  }
  return { ...clock, until: clockStep(clock, now + lead) };
}

/** Walks on from where the pause halted everybody, to the end. */
export function resumeClock(clock: Clock, at: number, total: number): Clock {
  if (clock.kind === 'race') return { ...clock, at, going: true };
  return { ...clock, step: clock.until, at, until: total };
}

/** From a pause, `count` steps further at once. A race has no common step to step from. */
export function singleStep(
  clock: Extract<Clock, { kind: 'paced' }>,
  now: number,
  count: number,
  total: number,
): Clock {
  const until = Math.min(clock.until + count, total);
  return { ...clock, step: until, at: now, until };
}
