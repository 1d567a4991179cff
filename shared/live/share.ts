import { STUDENT_FEED, TIMING } from '../limits.ts';

/** How much of a session one student has, in a class of a given size. */
export interface Share {
  /** Whether every student is shown everybody's curve. */
  showsAll: boolean;
  /** Bytes of frames in a second, on average. */
  bytesPerSecond: number;
  /** Between two frames to the students, in ms. */
  tick: number;
  /** Between two messages about a student's own rank, in ms. */
  place: number;
  /** Between two reports of one student, in ms. */
  report: number;
}

/**
 * The one rule by which a class shares its network and its server: bytes and messages of all
 * students together are bounded, so each has the less the more they are.
 */
export function shareOf(students: number): Share {
  const { wholeClass, bytesPerSecond, classBytesPerSecond, messagesPerSecond } = STUDENT_FEED;
  const turn = (students * 1_000) / messagesPerSecond;
  return {
    showsAll: students <= wholeClass,
    bytesPerSecond: Math.max(bytesPerSecond, classBytesPerSecond / Math.max(1, students)),
    tick: Math.max(TIMING.studentTick, turn),
    place: Math.max(TIMING.place, 2 * turn),
    report: Math.max(TIMING.report, turn),
  };
}
