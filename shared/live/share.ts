import { STUDENT_FEED, TIMING } from '../limits.ts';

/** How much of a session one student has, in a class of a given size. */
export interface Share {
  /** Whether every student is shown everybody's curve. */
  showsAll: boolean;
  /** Bytes of frames in a second, on average. */
  bytesPerSecond: number;
  /** Between two frames to the students, in ms. */
  tick: number;
  /** Between two reports of one student, in ms. */
  report: number;
}

/**
 * The one rule by which a class shares its network and its server: the more students there are, the
 * fewer bytes and messages each of them has.
 */
export function shareOf(students: number): Share {
  const { wholeClass, bytesPerSecond, classBytesPerSecond, talkative } = STUDENT_FEED;
  const quieter = Math.round(TIMING.report * (students / talkative) ** Math.log10(4));
  const turn = Math.min(quieter, TIMING.slowestReport);
  const showsAll = students <= wholeClass;
  return {
    showsAll,
    bytesPerSecond: Math.max(bytesPerSecond, classBytesPerSecond / Math.max(1, students)),
    tick: Math.max(showsAll ? TIMING.studentTick : TIMING.crowdTick, turn),
    report: Math.max(TIMING.report, turn),
  };
}
