import { MAX_NICKNAME } from '../limits.ts';
import { REFUSALS, type Refusal } from './codes.ts';

/** Digits and capitals that nobody confuses when they are read aloud or off a wall: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
export const CODE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
export const CODE_LENGTH = 6;

/** What a person typed, as the join code it stands for; null where it can be none. */
export function tidyCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  const legal = code.length === CODE_LENGTH && [...code].every((c) => CODE_ALPHABET.includes(c));
  return legal ? code : null;
}

/** A nickname as it will be shown, or the code of what is wrong with it. */
export function tidyNickname(typed: string): { name: string } | { refusal: Refusal } {
  const name = typed.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (/\p{Cc}|\p{Cs}|[\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(name)) {
    return { refusal: REFUSALS.nameBadCharacters };
  }
  // Zero-width joiners belong in names and emoji, but a name of nothing that shows is empty:
  // Hangul fillers are letters to Unicode, and the blank Braille pattern is a symbol.
  // Characters of private use look like nothing, or like what each device pleases.
  if (!/[^\p{Cf}\p{Co}\p{M}\p{Default_Ignorable_Code_Point}\u2800\s]/u.test(name))
    return { refusal: REFUSALS.nameEmpty };
  if ([...name].length > MAX_NICKNAME) return { refusal: REFUSALS.nameTooLong };
  return { name };
}
