/**
 * When the values of a chunk were there, in few bytes: the first as hundredths of a second in 32
 * bits, each other one as the time since the one before it in 16 bits: hundredths of a second, or,
 * with the highest bit set, whole seconds. A device that slept for longer than five minutes of a run
 * is off by at most half a second after it.
 */
import type { Reader, Writer } from './bytes.ts';

const UNKNOWN = 0xffff_ffff;
const UNKNOWN_GAP = 0xffff;
const IN_SECONDS = 0x8000;

/** Bytes of the times of so many values. */
export function timesBytes(count: number): number {
  return count === 0 ? 0 : 4 + 2 * (count - 1);
}

/** @param times seconds of the run, rising; NaN where it is not known */
export function writeTimes(writer: Writer, times: Float32Array): void {
  let told = 0;
  for (let k = 0; k < times.length; k++) {
    const time = Math.round(times[k]! * 100);
    if (k === 0) {
      writer.u32(Number.isNaN(time) ? UNKNOWN : time);
      told = Number.isNaN(time) ? 0 : time;
      continue;
    }
    const gap = gapOf(time - told);
    writer.u16(gap);
    told += hundredths(gap);
  }
}

export function readTimes(reader: Reader, count: number): Float32Array {
  const times = new Float32Array(count);
  let told = 0;
  for (let k = 0; k < count; k++) {
    if (k === 0) {
      const first = reader.u32();
      times[0] = first === UNKNOWN ? NaN : first / 100;
      told = first === UNKNOWN ? 0 : first;
      continue;
    }
    const gap = reader.u16();
    told += hundredths(gap);
    times[k] = gap === UNKNOWN_GAP ? NaN : told / 100;
  }
  return times;
}

function gapOf(since: number): number {
  if (Number.isNaN(since)) return UNKNOWN_GAP;
  if (since < IN_SECONDS) return Math.max(0, since);
  // `MAX_RUN_SECONDS` fit.
  return IN_SECONDS | Math.round(since / 100);
}

function hundredths(gap: number): number {
  if (gap === UNKNOWN_GAP) return 0;
  return gap < IN_SECONDS ? gap : (gap & ~IN_SECONDS) * 100;
}
