import { WORDS, type NameLanguage } from './words.ts';

/** A stride that has no divisor in common with any number of pairs: neighbours sound nothing alike. */
const STRIDE = 1_009;

/** How many different names of two words a language has. */
export function friendlyCount(language: NameLanguage): number {
  const { animals, qualities } = WORDS[language];
  return animals.length * qualities.length;
}

/** The `k`-th friendly name of two words, as “Quiet Otter” or « Loutre calme »; `k` from 0. */
export function friendlyName(language: NameLanguage, k: number): string {
  const { animals, qualities } = WORDS[language];
  const count = friendlyCount(language);
  const pair = ((k % count) * STRIDE) % count;
  const animal = animals[pair % animals.length]!;
  const quality = qualities[Math.floor(pair / animals.length)]!;
  return language === 'fr' ? `${animal} ${quality.toLowerCase()}` : `${quality} ${animal}`;
}

/**
 * The name under which a class sees a participant whose own is hidden. No two participants of a
 * session have the same one, and in another session they have others.
 */
export function pseudonym(language: NameLanguage, code: string, index: number): string {
  const count = friendlyCount(language);
  const name = friendlyName(language, offset(code, count) + (index % count));
  const round = Math.floor(index / count);
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** Where in the list a session begins, from its join code. */
function offset(code: string, count: number): number {
  let sum = 0;
  for (const letter of code) sum = (sum * 31 + letter.charCodeAt(0)) % count;
  return sum;
}
