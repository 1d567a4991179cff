import type { RunSettings } from '../../shared/run/settings.ts';
import { t } from '../i18n/i18n.svelte.ts';

/** What sets a run apart from others of its experiment: its model, or its points; null where nothing does. */
export function variantText(settings: RunSettings): string | null {
  switch (settings.experiment) {
    case 'linear':
      return null;
    case 'mnist':
      return t(`common.model.${settings.model}`);
    case 'toy':
      return t(`common.shape.${settings.shape}`);
  }
}

/** An experiment and its variant. */
export function taskText(settings: RunSettings): string {
  const parts = [t(`common.experiment.${settings.experiment}`), variantText(settings)];
  return parts.filter((part) => part !== null).join(' · ');
}
