/** A number as people type it, with a decimal point or comma and spaces between thousands; or null. */
export function typedNumber(text: string): number | null {
  const tidy = text.replace(/\s/g, '').replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(tidy)) return null;
  return Number(tidy);
}

/**
 * Numbers typed in a row, with any of spaces, semicolons and commas between them. A comma right
 * between digits is a decimal comma where semicolons separate or where a 0 stands before it.
 * @returns the numbers, or the first piece that is none
 */
export function typedNumbers(text: string): { numbers: number[] } | { wrong: string } {
  const commasAreDecimal = text.includes(';') && !text.includes('.');
  const pieces = text
    .split(/[\s;]+/)
    .flatMap((piece) =>
      commasAreDecimal || /^0,\d+,?$/.test(piece) ? [piece.replace(/,$/, '')] : piece.split(','),
    )
    .filter((piece) => piece !== '');
  const numbers: number[] = [];
  for (const piece of pieces) {
    const number = typedNumber(piece);
    if (number === null) return { wrong: piece };
    numbers.push(number);
  }
  return { numbers };
}
