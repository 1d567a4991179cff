/**
 * Fills a class with simulated students: `npm run class -- --url URL --code CODE --students 30`.
 * They stay until the session ends, the parent process goes, or the program is interrupted.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { MAX_SIMULATED } from '../../shared/limits.ts';
import { tidyCode } from '../../shared/protocol/names.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { loadRunData, type RunData } from '../data/runData.ts';
import { simulatedName } from './names.ts';
import { SimulatedStudent } from './student.ts';

const USAGE = 'usage: npm run class -- --url URL --code CODE [--students 30]';

let present: { run: number; data: Promise<RunData> } | null = null;

/** All students of this process share the data of a run, and the memory in which the kernels read it. */
function data(run: number, settings: RunSettings): Promise<RunData> {
  if (present?.run !== run) present = { run, data: loadRunData(settings) };
  return present.data;
}

function options(args: string[]): { url: string; code: string; students: number } {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      code: { type: 'string' },
      students: { type: 'string', default: '30' },
    },
  });
  if (!values.url || !URL.canParse(values.url)) throw new Error('--url must be an address');
  const code = tidyCode(values.code ?? '');
  if (!code) throw new Error(`--code must be a join code, not "${values.code ?? ''}"`);
  const students = Number(values.students);
  if (!(Number.isInteger(students) && students >= 1 && students <= MAX_SIMULATED)) {
    throw new Error(`--students must be a whole number from 1 to ${MAX_SIMULATED}`);
  }
  return { url: values.url, code, students };
}

function fail(reason: string, exitCode: number): never {
  process.send?.({ failed: reason });
  process.stderr.write(`class: ${reason}\n`);
  process.exit(exitCode);
}

function main(args: string[]): void {
  let wanted: ReturnType<typeof options>;
  try {
    wanted = options(args);
  } catch (error) {
    fail(`${(error as Error).message}\n${USAGE}`, 2);
  }
  const { url, code, students } = wanted;
  let joined = 0;
  let present = students;
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
          process.stderr.write(`class: ${students} simulated students are in session ${code}\n`);
          process.send?.({ joined });
        },
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

main(process.argv.slice(2));
