/** How a spreadsheet of the reader's country writes numbers, and what it therefore expects between them. */
export type CsvStyle = 'point' | 'comma';

/**
 * Where a cell begins for some reader, and it would compute: at its start, and after whatever a
 * spreadsheet of another country, or one that was told so, takes for the end of a cell. Quotation
 * marks do not help there: whoever splits at another character sees them in the middle of a cell.
 */
const FORMULA_START = /(^|[,;\t\r\n|])([\s"]*)(?=[=+\-@＝＋－＠])/g;

/**
 * How csv-stringify writes CSV for spreadsheets: with a byte order mark, so that they see UTF-8, and
 * with an apostrophe before whatever any of them would take for a formula, since names come from anybody.
 * @param columns the names in the first line, in their order
 */
export function csvOptions(columns: readonly string[], style: CsvStyle) {
  const comma = style === 'comma';
  return {
    columns: [...columns],
    header: true,
    bom: true,
    delimiter: comma ? ';' : ',',
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: {
      string: (text: string) => {
        const value = text.replace(FORMULA_START, "$1$2'");
        // Also what separates cells elsewhere, and where only half of a line's end is in a text.
        return { value, quoted: /[,;\t\r\n|]/.test(value) };
      },
      number: (value: number) => (comma ? String(value).replace('.', ',') : String(value)),
      boolean: (value: boolean) => (value ? 'yes' : 'no'),
    },
  };
}
