import { NO_ANSWER } from '../../shared/live/answer.ts';
import type { Refusal } from '../../shared/protocol/codes.ts';
import type { RunResult, RunSummary } from '../../shared/protocol/results.ts';
import { downloadResults } from '../live/api.ts';

/** Where the runs of a session are to be had. */
export interface RunSource {
  /** Every run in a few words, the oldest first. */
  runs: () => Promise<{ ok: true; runs: RunSummary[] } | Failed>;
  /** One run with everything that is known of it. */
  run: (number: number) => Promise<{ ok: true; run: RunResult } | Failed>;
}

/** The runs of a class, which its server tells an instructor. */
export function runsOfClass(code: string, secret: string): RunSource {
  return { runs: () => askRuns(code, secret), run: (number) => askRun(code, secret, number) };
}

type Failed = { ok: false; code: Refusal | typeof NO_ANSWER };

/** Every run of a session in a few words, the oldest first. */
async function askRuns(
  code: string,
  secret: string,
): Promise<{ ok: true; runs: RunSummary[] } | Failed> {
  const got = await downloadResults(code, secret, 'runs.json', 'point');
  if (!got.ok) return got;
  const { runs } = JSON.parse(await got.blob.text()) as { runs: RunSummary[] };
  return { ok: true, runs };
}

/** One run with everything that was reported of it. */
async function askRun(
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
