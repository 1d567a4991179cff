import type { Transform } from 'node:stream';
import { stringify } from 'csv-stringify';

/** How a spreadsheet of the reader's country writes numbers, and what it therefore expects between them. */
export type CsvStyle = 'point' | 'comma';

/**
 * Turns rows into CSV for spreadsheets: with a byte order mark, so that they see UTF-8, and with an
 * apostrophe before whatever they would take for a formula, since names come from anybody.
 * @param columns the names in the first line, in their order
 */
export function csvRows(columns: readonly string[], style: CsvStyle): Transform {
  const comma = style === 'comma';
  return stringify({
    columns: [...columns],
    header: true,
    bom: true,
    delimiter: comma ? ';' : ',',
    record_delimiter: 'windows',
    escape_formulas: true,
    // Also where only half of a line's end is in a text.
    quoted_match: /[\r\n]/,
    cast: {
      number: (value) => (comma ? String(value).replace('.', ',') : String(value)),
      boolean: (value) => (value ? 'yes' : 'no'),
    },
  });
}
