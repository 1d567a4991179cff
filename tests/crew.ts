import { onTestFinished } from 'vitest';
import { loadRunData } from '../server/data/runData.ts';
import { SimulatedStudent } from '../server/rehearsal/student.ts';

/** Simulated students, each with a connection and a training of its own, in the room until the test ends. */
export async function fill(
  url: string,
  code: string,
  students: number,
  name = 'Student',
): Promise<void> {
  await Promise.all(
    Array.from(
      { length: students },
      (_, k) =>
        new Promise<void>((joined, failed) => {
          const student = new SimulatedStudent({
            url,
            code,
            name: `${name} ${k}`,
            data: (_run, settings) => loadRunData(settings),
            joined,
            ended: (reason) => failed(new Error(reason)),
          });
          onTestFinished(() => student.close());
        }),
    ),
  );
}
