import { t } from '../i18n/i18n.svelte.ts';

/** A line has room for this many names; how many more there are is said. */
const NAMED = 5;

export function namedList(names: readonly string[]): string {
  const list = names.slice(0, NAMED).join(', ');
  return names.length > NAMED
    ? t('instructor.trouble.more', { names: list, count: names.length - NAMED })
    : list;
}
