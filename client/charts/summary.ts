import { formatCount, formatLoss, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import type { Outcome } from './standing.ts';

/** How many points the picture leaves out; empty where it shows all. */
export function outsideText(points: number, isSmoothed: boolean): string {
  if (points === 0) return '';
  return t(isSmoothed ? 'chart.outsideSmoothed' : 'chart.outside', {
    count: points,
    points: formatCount(points),
  });
}

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
