import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import type { Found } from '../guard/lookups.ts';
import {
  CURVE_COLUMNS,
  curveRowsOf,
  RESULT_COLUMNS,
  resultRow,
} from '../../shared/protocol/resultRows.ts';
import { resultsOf, summariesOf } from '../rooms/results.ts';
import type { Room } from '../rooms/room.ts';
import { isSecret } from '../rooms/secrets.ts';
import type { CsvStyle } from '../../shared/protocol/csv.ts';
import { csvRows } from './csv.ts';
import { bearerOf } from './secrets.ts';

/**
 * The results of a session, for its instructor: `results.csv` with a line for each student and run,
 * `curves.csv` with a line for each loss point, `results.json` with everything or, with `?run=`, one
 * run, `runs.json` with a few words on each run. All of it also while a run is live. The instructor's
 * secret comes in a header, as an address ends up in logs. Made and sent piece by piece, so that a
 * large class does not hold up the others.
 * @param find the session of a code, for this request
 * @param fail answers a request that is refused
 */
export function results(
  find: (request: Request, code: string) => Promise<Found>,
  fail: (response: Response, failure: { refusal: Refusal; retryAfter?: number }) => void,
): Router {
  const router = Router({ mergeParams: true });
  router.get(
    '/:kind',
    async (request: Request<{ code?: string; kind: string }>, response, next) => {
      const { code = '', kind } = request.params;
      const parts = PARTS[kind];
      if (!parts) {
        next();
        return;
      }
      response.set('Cache-Control', 'no-store');
      const found = await find(request, code);
      if ('refusal' in found) {
        fail(response, found);
        return;
      }
      const { room } = found;
      if (!isSecret(bearerOf(request) ?? '', room.instructorHash)) {
        fail(response, { refusal: REFUSALS.wrongSecret });
        return;
      }
      response.attachment(`build-a-brain-${room.code}-${kind}`);
      const { numbers, run } = request.query;
      const style = numbers === 'comma' ? 'comma' : 'point';
      await pipeline(parts(room, style, run === undefined ? null : Number(run)), response);
    },
  );
  return router;
}

type Parts = (room: Room, style: CsvStyle, run: number | null) => NodeJS.ReadableStream;

const PARTS: Record<string, Parts> = {
  'results.csv': (room, style) =>
    Readable.from(resultRows(room)).pipe(csvRows(RESULT_COLUMNS, style)),
  'curves.csv': (room, style) => Readable.from(curveRows(room)).pipe(csvRows(CURVE_COLUMNS, style)),
  'results.json': (room, _style, run) => Readable.from(jsonParts(room, run)),
  'runs.json': (room) =>
    Readable.from([JSON.stringify({ session: room.code, runs: summariesOf(room) })]),
};

function* resultRows(room: Room): Iterable<unknown[]> {
  for (const run of resultsOf(room)) {
    for (const each of run.participants()) yield resultRow(run, each);
  }
}

function* curveRows(room: Room): Iterable<unknown[]> {
  for (const run of resultsOf(room)) {
    for (const each of run.participants()) yield* curveRowsOf(run, each);
  }
}

/** @param only the number of a run; null for all of them */
function* jsonParts(room: Room, only: number | null): Iterable<string> {
  yield `{"session":${JSON.stringify(room.code)},"runs":[`;
  const runs = resultsOf(room).filter(({ number }) => only === null || number === only);
  for (const [k, { participants, ...run }] of runs.entries()) {
    yield `${k > 0 ? ',' : ''}${JSON.stringify(run).slice(0, -1)},"participants":[`;
    let isFirst = true;
    for (const each of participants()) {
      yield `${isFirst ? '' : ','}${JSON.stringify(each)}`;
      isFirst = false;
    }
    yield ']}';
  }
  yield ']}\n';
}
