import i18next from 'i18next';
import { keep, recall } from '../live/storage.ts';
import type { MessageKey } from './messageKey.ts';
import { LANGUAGES, preferredLanguage, type Language } from './languages.ts';
import { withMany } from './pluralForms.ts';

const KEY = 'build-a-brain:language';

/** One language is loaded at a time; the other costs a student nothing. */
const LOADERS = {
  en: () => import('../messages/en.ts'),
  fr: () => import('../messages/fr.ts'),
};

const current = $state<{ language: Language; context?: 'alone' }>({ language: 'en' });

/** The page's language; reading it in a component makes it follow. */
export function language(): Language {
  return current.language;
}

/** The message of a key in the page's language, reactive; `count` chooses the plural form. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  const { language, context } = current;
  void language;
  return i18next.t(key, context ? { context, ...values } : values);
}

/**
 * From now on the page speaks of models, which one browser has to itself, instead of a class's
 * students: where a message has a form `_alone`, that is the one.
 * @returns ends it
 */
export function speakOfModels(): () => void {
  current.context = 'alone';
  return () => delete current.context;
}

/** Loads the language chosen earlier on this device, or the browser's. */
export async function startLanguage(): Promise<void> {
  const chosen = LANGUAGES.find((name) => name === recall(KEY));
  const first = chosen ?? preferredLanguage(navigator.languages);
  await i18next.init({
    lng: first,
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await show(first);
}

export async function chooseLanguage(next: Language): Promise<void> {
  keep(KEY, next);
  await show(next);
}

async function show(next: Language): Promise<void> {
  if (!i18next.hasResourceBundle(next, 'translation')) {
    const { messages } = await LOADERS[next]();
    i18next.addResourceBundle(next, 'translation', withMany(messages));
  }
  await i18next.changeLanguage(next);
  document.documentElement.lang = next;
  current.language = next;
}
