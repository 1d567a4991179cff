import type { GoodRates } from '../../shared/run/judgement.ts';
import { formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';

/** Which learning rates were good, in words. */
export function bandText({ from, to }: GoodRates): string {
  if (from === null) {
    return to === null ? t('guess.band.all') : t('guess.band.to', { to: formatRate(to) });
  }
  return to === null
    ? t('guess.band.from', { from: formatRate(from) })
    : t('guess.band.both', { from: formatRate(from), to: formatRate(to) });
}
