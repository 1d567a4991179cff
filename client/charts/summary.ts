import { formatLoss, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import type { Outcome } from './standing.ts';

/** The chart in words, for who cannot see it and for who wants it short; empty without curves. */
export function summaryText({ curves, diverged, best }: Outcome): string {
  if (curves === 0) return '';
  const parts = [t('chart.summary.curves', { count: curves })];
  if (diverged > 0) parts.push(t('chart.summary.diverged', { count: diverged }));
  if (best) {
    const { loss, rate } = best;
    parts.push(t('chart.summary.best', { loss: formatLoss(loss), rate: formatRate(rate) }));
  }
  return parts.join(', ');
}
