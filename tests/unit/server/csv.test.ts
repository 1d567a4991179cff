import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../../../server/http/csv.ts';
import type { CsvStyle } from '../../../shared/protocol/csv.ts';

async function written(rows: unknown[][], style: CsvStyle = 'point'): Promise<string> {
  const csv = csvRows(['name', 'loss'], style);
  for (const row of rows) csv.write(row);
  csv.end();
  const parts: Buffer[] = [];
  for await (const part of csv) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts).toString();
}

/** Which quotation marks a program takes for such: as in RFC 4180 those that open a cell, any, or none. */
type Quotes = 'opening' | 'any' | 'none';

/** The cells as a program reads them that splits lines at `delimiter`. */
function cells(text: string, delimiter: string, quotes: Quotes = 'opening'): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const end = () => {
    rows.at(-1)!.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"' && (isQuoted || quotes === 'any' || (quotes === 'opening' && !cell))) {
      if (isQuoted && text[at + 1] === '"') cell += text[++at];
      else isQuoted = !isQuoted;
    } else if (isQuoted) cell += character;
    else if (character === delimiter) end();
    else if (/[\r\n]/.test(character)) {
      end();
      rows.push([]);
      if (text.startsWith('\r\n', at)) at += 1;
    } else cell += character;
  }
  return rows.slice(0, -1);
}

/** What makes a spreadsheet compute, in half and in full width. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

describe('CSV', () => {
  const trick = fc.constantFrom(...'=+-@\t\r\n＝＋－＠"; ,|\'1a');
  const name = fc
    .tuple(
      fc.string({ unit: trick, maxLength: 8 }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: trick, maxLength: 8 }),
    )
    .map((parts) => parts.join(''));
  const names = fc.array(name, { minLength: 1, maxLength: 5 });
  const style = fc.constantFrom<CsvStyle>('point', 'comma');

  it('holds no formula, and gives every text back', async () => {
    await fc.assert(
      fc.asyncProperty(names, style, async (texts, how) => {
        const text = await written(
          texts.map((each) => [each, 0.5]),
          how,
        );
        expect(text[0]).toBe('\ufeff');
        const [header, ...rows] = cells(text.slice(1), how === 'comma' ? ';' : ',');
        expect(header).toEqual(['name', 'loss']);
        expect(rows.length).toBe(texts.length);
        for (const [k, [cell, loss]] of rows.entries()) {
          expect(FORMULA.test(cell!)).toBe(false);
          expect(cell!.replaceAll("'", '')).toBe(texts[k]!.replaceAll("'", ''));
          if (!/[=+\-@\t\r＝＋－＠]/.test(texts[k]!)) expect(cell).toBe(texts[k]);
          expect(loss).toBe(how === 'comma' ? '0,5' : '0.5');
        }
      }),
    );
  });

  it('begins no cell with a formula, whatever separates cells where it is read', async () => {
    const delimiters = fc.constantFrom(',', ';', '\t', '|');
    const quotes = fc.constantFrom<Quotes>('opening', 'any', 'none');
    const loss = fc.oneof(fc.float({ min: 0, noNaN: true }), fc.integer(), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(
        ...[names, loss, style, delimiters, quotes],
        async (texts, number, how, delimiter, marks) => {
          const text = await written(
            texts.map((each) => [each, number]),
            how,
          );
          for (const cell of cells(text.slice(1), delimiter, marks).flat()) {
            // Programs may leave out what surrounds a cell; a number of ours alone begins with a sign.
            const seen = cell.replace(/^[\s"]+/, '');
            if (!/^-\d+$/.test(seen)) expect(FORMULA.test(seen), JSON.stringify(cell)).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each<CsvStyle>(['point', 'comma'])(
    'quotes what any reader could split, in %s',
    async (how) => {
      const text = await written([['a;b'], ['a,b'], ['a\tb'], ['a;=1+1'], ['a,"@b']], how);
      expect(text.slice(1).split('\r\n').slice(1, -1)).toEqual([
        '"a;b"',
        '"a,b"',
        '"a\tb"',
        `"a;'=1+1"`,
        `"a,""'@b"`,
      ]);
    },
  );

  it('writes numbers with all their digits, and nothing where there is none', async () => {
    expect(
      await written([
        ['Ada', Math.fround(0.1)],
        ['Bob', null],
        ['Zoé; "Z"', 1e-7],
      ]),
    ).toBe('\ufeffname,loss\r\nAda,0.10000000149011612\r\nBob,\r\n"Zoé; ""Z""",1e-7\r\n');
  });
});
