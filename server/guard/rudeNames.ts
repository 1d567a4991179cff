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

/** Insults that a class knows and the French list does not. */
const FRENCH_MORE = [
  ...['bamboula', 'bicot', 'bougnoul', 'bougnoule', 'negro', 'youpin', 'youpine', 'youtre'],
  ...['couille', 'couilles molles', 'enculer', 'fiotte', 'gouine', 'niquer', 'niquetamere'],
  ...['nique ta mere', 'tafiole', 'tapette', 'tarlouze', 'trouduc', 'trou du cul'],
];

/** Of no language; whole words, for Nazim and Nazira are first names. */
const ANYWHERE = ['adolf hitler', 'hitler', 'kys', 'nazi', 'heil'];

/** First names, surnames, a flower and a spice in which the English list sees something else. */
const INNOCENT = ['analia', 'analisa', 'cumali', 'cumin', 'dicko', 'fagan', 'pissenlit'];

const { whitelistedTerms = [], ...englishTerms } = englishDataset.build();
const english = new RegExpMatcher({
  ...englishTerms,
  whitelistedTerms: [...whitelistedTerms, ...INNOCENT],
  ...englishRecommendedTransformers,
});

/** Whole words only: « con » is rude, and Constance is not. */
const wholeWords = new RegExpMatcher({
  blacklistedTerms: [...french, ...FRENCH_SHORT, ...FRENCH_MORE, ...ANYWHERE].map((word, id) => ({
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
  return [...readingsOf(name)].some((text) => english.hasMatch(text) || wholeWords.hasMatch(text));
}

/** What a name can be meant to say: as written, and without what its words hide behind. */
function readingsOf(name: string): Set<string> {
  // A number by itself is a number: “Student 455” has nothing in disguise.
  const text = plain(name).replace(/(?<!\S)\d+(?!\S)/g, '');
  // SomeWord, some_word, some.word42
  const words = text
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[\s_.\-*+/|]+/g, ' ')
    .replace(/(?<=\p{L})\d+(?= |$)/gu, '')
    .trim();
  const spelt = /^(\S )+\S$/.test(words) ? words.replaceAll(' ', '') : words;
  return new Set([text, spelt, spelt.replace(/(\p{L})\1{2,}/giu, '$1')]);
}

/** Without accents and ligatures, which people leave out. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe');
}
