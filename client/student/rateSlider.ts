import { rateAt, rateFraction, shownRate } from '../../shared/run/rates.ts';
import { readings } from '../i18n/typedNumber.ts';

/** Positions of the slider in one decade of learning rates: fine steps for arrow keys. */
const PER_DECADE = 40;

/** A slider whose positions are learning rates, evenly spread on a log axis. */
export interface RateScale {
  from: number;
  to: number;
  /** Number of the last position; the first is 0. */
  positions: number;
}

export function rateScale(range: { from: number; to: number }): RateScale {
  const from = Math.min(range.from, range.to);
  const to = Math.max(range.from, range.to);
  return { from, to, positions: Math.max(1, Math.round(Math.log10(to / from) * PER_DECADE)) };
}

export function rateOfPosition({ from, to, positions }: RateScale, position: number): number {
  return rateAt(from, to, position / positions);
}

export function positionOfRate({ from, to, positions }: RateScale, rate: number): number {
  return Math.round(rateFraction(from, to, rate) * positions);
}

/** The powers of ten within the scale, each with its place from 0 to 1. */
export function decades({ from, to }: RateScale): { rate: number; place: number }[] {
  const marks: { rate: number; place: number }[] = [];
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  for (let power = first; power <= last; power++) {
    const rate = Number(`1e${power}`);
    marks.push({ rate, place: rateFraction(from, to, rate) });
  }
  return marks;
}

/**
 * The rate that was typed, as it will be shown; null where nothing within the range can be meant,
 * or two things.
 */
export function typedRate({ from, to }: RateScale, typed: string): number | null {
  const [rate, other] = readings(typed).filter((each) => each >= from && each <= to);
  return rate === undefined || other !== undefined ? null : shownRate(rate, from, to);
}
