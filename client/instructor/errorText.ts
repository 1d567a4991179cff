import { formatCount, formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import type { FieldError } from './readPlan.ts';

/** What is wrong with a field, in the page's language. */
export function errorText(error: FieldError | undefined): string | undefined {
  if (!error) return undefined;
  const number = (value: number) =>
    Number.isInteger(value) ? formatCount(value) : formatRate(value);
  switch (error.error) {
    case 'missing':
    case 'notWhole':
      return t(`instructor.error.${error.error}`);
    case 'ambiguousList':
      return t('instructor.error.ambiguousList');
    case 'ambiguous': {
      const [one = 0, other = 0] = error.readings;
      return t('instructor.error.ambiguous', {
        text: error.text,
        one: String(one),
        other: formatRate(other),
      });
    }
    case 'notNumber':
      return t('instructor.error.notNumber', { text: error.text });
    case 'outOfRange':
      return t('instructor.error.outOfRange', { min: number(error.min), max: number(error.max) });
    case 'tooLong':
    case 'tooMany':
      return t(`instructor.error.${error.error}`, { max: number(error.max) });
  }
}
