import type { FrameTime } from './page/frames.ts';

/** What the frames of one measurement amount to, in ms. */
export interface Figures {
  frames: number;
  median: number;
  p99: number;
  max: number;
  /** Frames that came later than the one after them should have: the screen stood still. */
  late: number;
}

/** A frame that comes this long after the one before has missed at least one refresh at 60 Hz. */
const LATE = 25;

export function figuresOf(times: readonly FrameTime[]): Figures {
  const work = times.map((time) => time.work).sort((a, b) => a - b);
  const at = (share: number) => work[Math.min(work.length - 1, Math.floor(share * work.length))]!;
  return {
    frames: times.length,
    median: at(0.5),
    p99: at(0.99),
    max: work[work.length - 1]!,
    late: times.filter(({ since }) => since > LATE).length,
  };
}
