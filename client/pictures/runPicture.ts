import type { RunSettings } from '../../shared/run/settings.ts';
import { filterTopic } from './filters/filterTopic.ts';

/** What a class screen shows of the models of a run, beside its curves; null before there is a run. */
export function runPicture(
  settings: RunSettings | undefined,
): 'landscape' | 'boundary' | ReturnType<typeof filterTopic> | null {
  switch (settings?.experiment) {
    case undefined:
      return null;
    case 'linear':
      return 'landscape';
    case 'toy':
      return 'boundary';
    case 'mnist':
      return filterTopic(settings.model);
  }
}

/** Whether it takes the height that it needs, where all stands in one column. */
export function isTall(picture: ReturnType<typeof runPicture>): boolean {
  return picture === 'boundary' || picture === 'units' || picture === 'features';
}
