import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows, type CsvStyle } from '../../../server/http/csv.ts';

async function written(rows: unknown[][], style: CsvStyle = 'point'): Promise<string> {
  const csv = csvRows(['name', 'loss'], style);
  for (const row of rows) csv.write(row);
  csv.end();
  const parts: Buffer[] = [];
  for await (const part of csv) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts).toString();
}

/** The cells as RFC 4180 reads them. */
function cells(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\r') cell += text[at++];
    }
    rows.at(-1)!.push(cell);
    if (text[at] === '\r') {
      at += 1;
      rows.push([]);
    }
    at += 1;
  }
  return rows.slice(0, -1);
}

/** What makes a spreadsheet compute, in half and in full width. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

describe('CSV', () => {
  const start = fc.constantFrom(
    '',
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '＝',
    '＋',
    '－',
    '＠',
    '"',
    ';',
    ',',
  );
  const name = fc.tuple(start, fc.string({ unit: 'binary' })).map((parts) => parts.join(''));

  it('holds no formula, and gives every text back', async () => {
    const style = fc.constantFrom<CsvStyle>('point', 'comma');
    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { minLength: 1, maxLength: 5 }),
        style,
        async (names, how) => {
          const text = await written(
            names.map((each) => [each, 0.5]),
            how,
          );
          expect(text[0]).toBe('\ufeff');
          const [header, ...rows] = cells(text.slice(1), how === 'comma' ? ';' : ',');
          expect(header).toEqual(['name', 'loss']);
          expect(rows.length).toBe(names.length);
          for (const [k, [cell, loss]] of rows.entries()) {
            expect(FORMULA.test(cell!)).toBe(false);
            expect(FORMULA.test(names[k]!) ? cell!.slice(1) : cell).toBe(names[k]);
            expect(loss).toBe(how === 'comma' ? '0,5' : '0.5');
          }
        },
      ),
    );
  });

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
