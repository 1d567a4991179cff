import { NO_ANSWER } from '../../shared/live/answer.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { keep, recall } from './storage.ts';

/** `retryAfter` in ms, where it is a matter of time. */
type Failed = { ok: false; code: Refusal | typeof NO_ANSWER; retryAfter?: number };

/** What tells a browser that has given the right password from those at its address that guess. [P95] */
const TICKET = 'build-a-brain:ticket';

/**
 * Opens a session: its join code and the instructor's secret.
 * @param password the instructors', where the server asks for one
 */
export function createSession(
  password?: string,
): Promise<{ ok: true; code: string; secret: string } | Failed> {
  const ticket = recall(TICKET);
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(password === undefined ? {} : { password, ticket: ticket ?? undefined }),
  };
  return call('api/sessions', init, (body) => {
    if (typeof body['ticket'] === 'string') keep(TICKET, body['ticket']);
    return typeof body['code'] === 'string' && typeof body['secret'] === 'string'
      ? { ok: true, code: body['code'], secret: body['secret'] }
      : null;
  });
}

/** Whether there is a session of this code, and whether its room is locked. */
export function findSession(
  code: string,
): Promise<{ ok: true; code: string; locked: boolean } | Failed> {
  return call(`api/sessions/${encodeURIComponent(code)}`, {}, (body) =>
    typeof body['code'] === 'string'
      ? { ok: true, code: body['code'], locked: body['locked'] === true }
      : null,
  );
}

/** What can be taken away of a session, as the server calls it. */
export type ResultsFile = 'results.csv' | 'curves.csv' | 'results.json' | 'runs.json';

/**
 * The results of a session, for its instructor. The secret goes in a header, since addresses end up
 * in logs; so it is this page that saves the file, and not the browser by a link.
 * @param numbers how the reader's spreadsheet writes them
 * @param run of `results.json`: the number of the only run that is wanted
 */
export async function downloadResults(
  code: string,
  secret: string,
  file: ResultsFile,
  numbers: 'point' | 'comma',
  run?: number,
): Promise<{ ok: true; blob: Blob } | Failed> {
  try {
    const path = `api/sessions/${encodeURIComponent(code)}/${file}?numbers=${numbers}${run === undefined ? '' : `&run=${run}`}`;
    const headers = { Authorization: `Bearer ${secret}` };
    const response = await fetch(new URL(path, document.baseURI), { headers });
    return response.ok
      ? { ok: true, blob: await response.blob() }
      : failure((await response.json()) as Record<string, unknown>);
  } catch {
    return { ok: false, code: NO_ANSWER };
  }
}

async function call<T>(
  path: string,
  init: RequestInit,
  read: (body: Record<string, unknown>) => T | null,
): Promise<T | Failed> {
  try {
    const response = await fetch(new URL(path, document.baseURI), init);
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null) return { ok: false, code: NO_ANSWER };
    const fields = body as Record<string, unknown>;
    if (response.ok) return read(fields) ?? { ok: false, code: NO_ANSWER };
    return failure(fields);
  } catch {
    return { ok: false, code: NO_ANSWER };
  }
}

function failure(fields: Record<string, unknown>): Failed {
  const refusal = Object.values(REFUSALS).find((code) => code === fields['code']);
  const { retryAfter } = fields;
  return {
    ok: false,
    code: refusal ?? REFUSALS.internal,
    ...(typeof retryAfter === 'number' && { retryAfter }),
  };
}
