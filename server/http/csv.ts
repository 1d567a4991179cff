import type { Transform } from 'node:stream';
import { stringify } from 'csv-stringify';
import { csvOptions, type CsvStyle } from '../../shared/protocol/csv.ts';

/** Turns rows into CSV, piece by piece. */
export function csvRows(columns: readonly string[], style: CsvStyle): Transform {
  return stringify(csvOptions(columns, style));
}
