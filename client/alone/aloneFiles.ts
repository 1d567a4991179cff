import { stringify } from 'csv-stringify/browser/esm/sync';
import {
  CURVE_COLUMNS,
  curveRowsOf,
  RESULT_COLUMNS,
  resultRow,
} from '../../shared/protocol/resultRows.ts';
import { csvOptions, type CsvStyle } from '../../shared/protocol/csv.ts';
import type { RunResult } from '../../shared/protocol/results.ts';
import type { ResultsFile } from '../live/api.ts';

/** A file of results as a class's server would make it, of the runs that this browser has. */
export function resultsFile(
  file: ResultsFile,
  runs: readonly RunResult[],
  numbers: CsvStyle,
): Blob {
  if (file !== 'results.csv' && file !== 'curves.csv') {
    const content = JSON.stringify({ session: 'alone', runs });
    return new Blob([content], { type: 'application/json' });
  }
  const isTable = file === 'results.csv';
  const rows = runs.flatMap((run) =>
    run.participants.flatMap((each) =>
      isTable ? [resultRow(run, each)] : [...curveRowsOf(run, each)],
    ),
  );
  const columns = isTable ? RESULT_COLUMNS : CURVE_COLUMNS;
  return new Blob([stringify(rows, csvOptions(columns, numbers))], { type: 'text/csv' });
}
