/**
 * Numbers as people type them: with a decimal point or comma, and with spaces, apostrophes or
 * commas between thousands. What can be read in two ways is never guessed at.
 */

/** One way to read a text as a number. */
interface Reading {
  number: number;
  /** Whether it is written with a decimal part, be it only zeros. */
  hasDecimals: boolean;
}

const SPACED = /^[+-]?\d{1,3}([\s'’]\d{3})+([.,]\d*)?$/;
const COMMA_GROUPS = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
/** 1,250 is 1250 to some and 1.25 to others. */
const EITHER = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The numbers that a text can mean: none where it is no number, two where it is ambiguous. */
export function readings(text: string): number[] {
  return readingsOf(text).map(({ number }) => number);
}

/** A whole number, or what is wrong. Where one is asked for, the comma in 1,000 can only group. */
export function typedWhole(text: string): number | 'notNumber' | 'notWhole' {
  const [reading] = readingsOf(text);
  if (!reading) return 'notNumber';
  return reading.hasDecimals || !Number.isInteger(reading.number) ? 'notWhole' : reading.number;
}

function readingsOf(text: string): Reading[] {
  const typed = text.trim();
  if (SPACED.test(typed)) return plain(typed.replace(/[\s'’]/g, '').replace(',', '.'));
  if (!COMMA_GROUPS.test(typed) || /^[+-]?0/.test(typed)) return plain(typed.replace(',', '.'));
  const grouped = plain(typed.replaceAll(',', ''));
  return EITHER.test(typed) ? [...grouped, ...plain(typed.replace(',', '.'))] : grouped;
}

function plain(text: string): Reading[] {
  if (!PLAIN.test(text)) return [];
  return [{ number: Number(text), hasDecimals: text.includes('.') }];
}

export type TypedList =
  | { numbers: number[] }
  /** The first piece that is no number. */
  | { wrong: string }
  /** Commas or spaces in it can separate numbers as well as belong to them. */
  | { ambiguous: true };

/**
 * Positive numbers typed in a row, with any of spaces, semicolons and commas between them. Commas
 * are read once as decimal and once as separators; where both make sense, neither is taken.
 */
export function typedNumbers(text: string): TypedList {
  // A space within a line is as good between 1 and 500 as within 1 500.
  if (/(^|[^\d.,])[1-9]\d{0,2}([^\S\n]|['’])\d{3}(?![\d.])/.test(text)) return { ambiguous: true };
  const pieces = split(text, /[\s;]+/).map((piece) => piece.replace(/,$/, ''));
  const decimal = pieces.filter((piece) => piece !== '').map(readings);
  const separated = commaSeparated(text);
  const wrong = decimal.findIndex((read) => read.length === 0);
  if (wrong !== -1) {
    return separated ? { numbers: separated } : { wrong: pieces.filter(Boolean)[wrong]! };
  }
  const numbers = decimal.map(([number]) => number!);
  const isSure = decimal.every((read) => read.length === 1);
  const isSame = !separated || String(separated) === String(numbers);
  return isSure && isSame ? { numbers } : { ambiguous: true };
}

/** The numbers where every comma separates; null where that makes no sense. */
function commaSeparated(text: string): number[] | null {
  if (text.includes(';')) return null;
  const pieces = split(text, /[\s,]+/);
  const numbers = pieces.map((piece) => (PLAIN.test(piece) ? Number(piece) : NaN));
  const areSensible = pieces.every((piece, k) => numbers[k]! > 0 && !/^0\d/.test(piece));
  return areSensible ? numbers : null;
}

function split(text: string, separator: RegExp): string[] {
  return text.split(separator).filter((piece) => piece !== '');
}
