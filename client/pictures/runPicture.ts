import type { RunSettings } from '../../shared/run/settings.ts';

/** What a class screen shows of the models of a run, beside its curves; null where it is nothing. */
export function runPicture(
  settings: RunSettings | undefined,
): 'landscape' | 'boundary' | 'weights' | null {
  if (settings?.experiment === 'linear') return 'landscape';
  if (settings?.experiment === 'toy') return 'boundary';
  return settings?.model === 'softmax' ? 'weights' : null;
}
