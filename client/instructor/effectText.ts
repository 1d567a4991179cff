import { formatCount } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import type { PlanEffect } from './planEffect.ts';

/** What a plan amounts to, in plain words. */
export function effectText({ stepsPerEpoch, steps, every, seconds }: PlanEffect): string {
  const parts = [t('instructor.effect.steps', { count: steps, steps: formatCount(steps) })];
  if (stepsPerEpoch > 1) {
    parts.unshift(t('instructor.effect.stepsPerEpoch', { count: stepsPerEpoch }));
  }
  parts.push(
    seconds === null
      ? t('instructor.effect.race')
      : t('instructor.effect.pace', { duration: durationText(seconds) }),
  );
  parts.push(
    every === 1 ? t('instructor.effect.everyStep') : t('instructor.effect.every', { count: every }),
  );
  return parts.join(', ');
}

function durationText(seconds: number): string {
  if (seconds < 90) return t('instructor.effect.seconds', { count: Math.ceil(seconds) });
  if (seconds < 90 * 60) return t('instructor.effect.minutes', { count: Math.round(seconds / 60) });
  return t('instructor.effect.hours', { count: Math.round(seconds / 3_600) });
}
