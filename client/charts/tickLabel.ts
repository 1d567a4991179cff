import { formatCount, formatPower, formatRate } from '../i18n/format.ts';

/** A tick's value: a power of ten where zeros would fill the axis. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.9e-4 || size >= 1e6)) return formatPower(value);
  return Number.isInteger(value) ? formatCount(value) : formatRate(value);
}
