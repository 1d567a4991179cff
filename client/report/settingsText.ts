import type { RunPlan } from '../../shared/protocol/views.ts';
import { rateRange } from '../../shared/run/rates.ts';
import { stepsPerEpoch, type Init, type RunSettings } from '../../shared/run/settings.ts';
import { taskText } from '../charts/taskText.ts';
import { formatCount, formatParameter, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';

/** Everything that a run was given, in one line: who reads it can do the run again. */
export function settingsText({ settings, pace, rates }: RunPlan): string {
  const { from, to } = rateRange(rates);
  return [
    taskText(settings),
    ...dataOf(settings),
    ...lengthOf(settings),
    t('report.settings.start', { start: startOf(settings.init) }),
    t('report.settings.seed', { seed: settings.seed }),
    pace.kind === 'race'
      ? t('report.settings.race')
      : t('report.settings.paced', { count: pace.stepsPerSecond }),
    t(`report.settings.rates.${rates.kind}`, { from: formatRate(from), to: formatRate(to) }),
  ].join(' · ');
}

function dataOf(settings: RunSettings): string[] {
  if (settings.experiment === 'linear') return [];
  const batches = t('report.settings.batches', {
    batch: formatCount(settings.batchSize),
    order: t(`instructor.plan.${settings.order === 'shuffle' ? 'orderShuffle' : 'orderFile'}`),
  });
  if (settings.experiment === 'mnist') {
    return [t('report.settings.images', { images: formatCount(settings.images) }), batches];
  }
  const network = t('report.settings.network', {
    hidden: formatCount(settings.hidden),
    activation: t(`common.activation.${settings.activation}`),
  });
  return [network, t('report.settings.points', { points: formatCount(settings.points) }), batches];
}

function lengthOf(settings: RunSettings): string[] {
  const steps = t('report.settings.steps', {
    count: settings.steps,
    steps: formatCount(settings.steps),
  });
  if (settings.experiment === 'linear') return [steps];
  const epochs = settings.steps / stepsPerEpoch(settings);
  return [`${steps} (${t('report.settings.epochs', { epochs: formatRate(epochs) })})`];
}

function startOf(init: Init): string {
  switch (init.kind) {
    case 'values':
      return t('report.settings.values', {
        w: formatParameter(init.w),
        b: formatParameter(init.b),
      });
    case 'zeros':
      return t('instructor.plan.startZeros');
    case 'seed':
      return t('instructor.plan.startSeed');
    case 'ramp':
      return t('report.settings.ramp');
  }
}
