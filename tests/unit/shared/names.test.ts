import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NICKNAME } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import {
  CODE_ALPHABET,
  CODE_LENGTH,
  tidyCode,
  tidyNickname,
} from '../../../shared/protocol/names.ts';

describe('a join code', () => {
  it('is forgiven its case, spaces and dashes', () => {
    expect(tidyCode(' a3c-9ky ')).toBe('A3C9KY');
  });

  it.each(['', 'A3C9K', 'A3C9KYY', 'A3C9K0', 'A3C9KÉ', '💡💡💡💡💡💡'])('%j is none', (typed) => {
    expect(tidyCode(typed)).toBeNull();
  });

  it('has no characters that look like one another', () => {
    expect([...new Set(CODE_ALPHABET)]).toHaveLength(CODE_ALPHABET.length);
    for (const pair of ['0O', '1I', '2Z', '5S', '8B', 'UV']) {
      expect([...pair].every((c) => CODE_ALPHABET.includes(c))).toBe(false);
    }
    expect(CODE_ALPHABET.length ** CODE_LENGTH).toBeGreaterThan(1e8);
  });
});

describe('a nickname', () => {
  it.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['e\u0301', 'é'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['עדה', 'עדה'],
    ['x'.repeat(MAX_NICKNAME), 'x'.repeat(MAX_NICKNAME)],
    ['💡'.repeat(MAX_NICKNAME), '💡'.repeat(MAX_NICKNAME)],
  ])('%j is shown as %j', (typed, name) => {
    expect(tidyNickname(typed)).toEqual({ name });
  });

  it.each([
    ['', REFUSALS.nameEmpty],
    [' \t\n ', REFUSALS.nameEmpty],
    ['\u200d\u200d', REFUSALS.nameEmpty],
    ['\u3164', REFUSALS.nameEmpty],
    ['\u115f\u1160', REFUSALS.nameEmpty],
    ['\uffa0', REFUSALS.nameEmpty],
    ['\u2800 \u2800', REFUSALS.nameEmpty],
    ['\ue000\uf8ff \u{f0000}', REFUSALS.nameEmpty],
    ['a\u0000b', REFUSALS.nameBadCharacters],
    ['a\u001b[31m', REFUSALS.nameBadCharacters],
    ['a\u202eb', REFUSALS.nameBadCharacters],
    ['\ud800', REFUSALS.nameBadCharacters],
    ['x'.repeat(MAX_NICKNAME + 1), REFUSALS.nameTooLong],
  ])('%j is refused with %s', (typed, refusal) => {
    expect(tidyNickname(typed)).toEqual({ refusal });
  });

  it('whatever is typed, is tidied once for all or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        const tidied = tidyNickname(typed);
        if ('name' in tidied) expect(tidyNickname(tidied.name)).toEqual(tidied);
      }),
    );
  });
});
