import { NO_ANSWER } from '../../shared/live/answer.ts';
import type { Refusal } from '../../shared/protocol/codes.ts';
import type { RunResult, RunSummary } from '../../shared/protocol/results.ts';
import { downloadResults } from '../live/api.ts';

type Failed = { ok: false; code: Refusal | typeof NO_ANSWER };

/** Every run of a session in a few words, the oldest first. */
export async function askRuns(
  code: string,
  secret: string,
): Promise<{ ok: true; runs: RunSummary[] } | Failed> {
  const got = await downloadResults(code, secret, 'runs.json', 'point');
  if (!got.ok) return got;
  const { runs } = JSON.parse(await got.blob.text()) as { runs: RunSummary[] };
  return { ok: true, runs };
}

/** One run with everything that was reported of it. */
export async function askRun(
  code: string,
  secret: string,
  number: number,
): Promise<{ ok: true; run: RunResult } | Failed> {
  const got = await downloadResults(code, secret, 'results.json', 'point', number);
  if (!got.ok) return got;
  const { runs } = JSON.parse(await got.blob.text()) as { runs: RunResult[] };
  const [run] = runs;
  return run ? { ok: true, run } : { ok: false, code: NO_ANSWER };
}
