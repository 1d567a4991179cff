import { formatCount, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import type { PlanEffect } from './planEffect.ts';
import type { RateEffect } from './rateEffect.ts';

/** What a plan amounts to, in plain words. */
export function effectText({ stepsPerEpoch, steps, every, seconds, download }: PlanEffect): string {
  const parts = [t('instructor.effect.steps', { count: steps, steps: formatCount(steps) })];
  if (stepsPerEpoch > 1) {
    parts.unshift(
      t('instructor.effect.stepsPerEpoch', {
        count: stepsPerEpoch,
        steps: formatCount(stepsPerEpoch),
      }),
    );
  }
  parts.push(
    seconds === null
      ? t('instructor.effect.race')
      : t('instructor.effect.pace', { duration: durationText(seconds) }),
  );
  parts.push(
    every === 1 ? t('instructor.effect.everyStep') : t('instructor.effect.every', { count: every }),
  );
  if (download > 0) {
    parts.push(t('instructor.effect.download', { megabytes: Math.ceil(download / 1e6) }));
  }
  return parts.join(', ');
}

/** What it means for the class that is in the room. */
export function rateText({ students, from, to, different, edge }: RateEffect): string {
  const dealt = t('instructor.effect.dealt', {
    count: students,
    different,
    from: formatRate(from),
    to: formatRate(to),
  });
  if (!edge) return dealt;
  const above = t('instructor.effect.above', { count: edge.above, edge: formatRate(edge.rate) });
  return `${dealt} ${above}`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return t('instructor.effect.seconds', { count: Math.ceil(seconds) });
  if (seconds < 90 * 60) return t('instructor.effect.minutes', { count: Math.round(seconds / 60) });
  return t('instructor.effect.hours', { count: Math.round(seconds / 3_600) });
}
