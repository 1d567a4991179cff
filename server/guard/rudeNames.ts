import french from 'naughty-words/fr.json' with { type: 'json' };
import {
  englishDataset,
  englishRecommendedTransformers,
  parseRawPattern,
  RegExpMatcher,
  resolveConfusablesTransformer,
  resolveLeetSpeakTransformer,
  toAsciiLowerCaseTransformer,
} from 'obscenity';

/** What is written in the place of words that the French list does not spell out. */
const FRENCH_SHORT = ['batard', 'fdp', 'ntm', 'pd', 'salopard', 'tg'];

/** First names and a flower in which the English list sees something else. */
const INNOCENT = ['analia', 'analisa', 'cumali', 'pissenlit'];

const { whitelistedTerms = [], ...englishTerms } = englishDataset.build();
const english = new RegExpMatcher({
  ...englishTerms,
  whitelistedTerms: [...whitelistedTerms, ...INNOCENT],
  ...englishRecommendedTransformers,
});

/** Whole words only: « con » is rude, and Constance is not. */
const frenchWords = new RegExpMatcher({
  blacklistedTerms: [...french, ...FRENCH_SHORT].map((word, id) => ({
    id,
    pattern: parseRawPattern(`|${plain(word)}[s]|`),
  })),
  blacklistMatcherTransformers: [
    resolveConfusablesTransformer(),
    resolveLeetSpeakTransformer(),
    toAsciiLowerCaseTransformer(),
  ],
});

/**
 * Whether a nickname has a rude word of English or French in it, also one in disguise (“sh1t”,
 * “f u c k”, « c0nn@rd »). No list knows them all: the instructor can rename and remove.
 */
export function isRude(name: string): boolean {
  // A number by itself is a number: “Student 455” has nothing in disguise.
  const text = plain(name).replace(/(?<!\S)\d+(?!\S)/g, '');
  const spelt = /^(\S )+\S$/.test(text) ? text.replaceAll(' ', '') : text;
  return english.hasMatch(spelt) || frenchWords.hasMatch(spelt);
}

/** Without accents and ligatures, which people leave out. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe');
}
