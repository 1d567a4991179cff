/**
 * Fills a class with simulated students: `npm run class -- --url URL --code CODE --students 30`.
 * They stay until the session ends, the parent process goes, or the program is interrupted.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { MAX_SIMULATED, TIMING } from '../../shared/limits.ts';
import { tidyCode } from '../../shared/protocol/names.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { loadImages, loadRunData, type RunData } from '../data/runData.ts';
import { simulatedName } from './names.ts';
import { SimulatedStudent } from './student.ts';

/** Seconds. */
const MAX_PATIENCE = 3_600;

const USAGE = 'usage: npm run class -- --url URL --code CODE [--students 30] [--within SECONDS]';

let present: { run: number; data: Promise<RunData> } | null = null;

/** All students of this process share the data of a run, and the memory in which the kernels read it. */
function data(run: number, settings: RunSettings): Promise<RunData> {
  if (present?.run !== run) present = { run, data: loadRunData(settings) };
  return present.data;
}

interface Wanted {
  url: string;
  code: string;
  students: number;
  /** Seconds within which all have to be in the room. */
  within: number;
}

function options(args: string[]): Wanted {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      code: { type: 'string' },
      students: { type: 'string', default: '30' },
      within: { type: 'string', default: String(TIMING.rehearsal / 1_000) },
    },
  });
  const url = values.url ?? '';
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol)) {
    throw new Error(`--url must be an http or https address, not "${url}"`);
  }
  const code = tidyCode(values.code ?? '');
  if (!code) throw new Error(`--code must be a join code, not "${values.code ?? ''}"`);
  const students = Number(values.students);
  if (!(Number.isInteger(students) && students >= 1 && students <= MAX_SIMULATED)) {
    throw new Error(`--students must be a whole number from 1 to ${MAX_SIMULATED}`);
  }
  const within = Number(values.within);
  if (!(within > 0 && within <= MAX_PATIENCE)) {
    throw new Error(`--within must be seconds, ${MAX_PATIENCE} at the most`);
  }
  return { url, code, students, within };
}

function fail(reason: string, exitCode: number): never {
  process.send?.({ failed: reason });
  process.stderr.write(`class: ${reason}\n`);
  process.exit(exitCode);
}

async function main(args: string[]): Promise<void> {
  let wanted: ReturnType<typeof options>;
  try {
    wanted = options(args);
  } catch (error) {
    fail(`${(error as Error).message}\n${USAGE}`, 2);
  }
  const { url, code, students, within } = wanted;
  // Before anybody joins: a class that cannot train the digits is no rehearsal.
  await loadImages().catch((error: unknown) => fail(`no images: ${(error as Error).message}`, 1));
  let joined = 0;
  let present = students;
  let lastFailure = 'no answer';
  const patience = setTimeout(() => {
    const missing = `${joined} of ${students} students are in session ${code}`;
    fail(`after ${within} s only ${missing} at ${url}: ${lastFailure}`, 1);
  }, within * 1_000);
  const crew = Array.from(
    { length: students },
    (_, k) =>
      new SimulatedStudent({
        url,
        code,
        name: simulatedName(k),
        data,
        joined: () => {
          joined += 1;
          if (joined < students) return;
          clearTimeout(patience);
          process.stderr.write(`class: ${students} simulated students are in session ${code}\n`);
          process.send?.({ joined });
        },
        unreached: (reason) => (lastFailure = reason),
        ended: (reason) => {
          present -= 1;
          if (joined < students) fail(`a student could not join: ${reason}`, 1);
          if (present === 0) fail(`all students have left: ${reason}`, 0);
        },
      }),
  );
  const leave = () => {
    for (const student of crew) student.close();
    process.exit(0);
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  process.on('disconnect', leave);
}

await main(process.argv.slice(2));
