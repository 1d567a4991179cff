/** The class in a process of its own, so that what it costs is not counted as the server's. */
import process from 'node:process';
import { BenchStudent } from './student.ts';

/** What the crew is told to do. */
export interface Task {
  url: string;
  code: string;
  students: number;
  joinsPerSecond: number;
}

/** What it tells, in this order. */
export type Told =
  | { kind: 'joined'; joinMs: Float64Array }
  | { kind: 'done'; bytes: Float64Array; sent: Sent[] }
  | { kind: 'failed'; reason: string };

/** What one student has reported: its losses, when each was there to be reported, and when it first left. */
export interface Sent {
  index: number;
  losses: Float32Array;
  sentAt: Float64Array;
  closedAt: Float64Array;
}

/** Milliseconds between two looks at which windows have closed. */
const LOOK = 5;
/** Devices of one class are this far apart, in ms. */
const MAX_LAG = 50;

process.once('message', (task: Task) => run(task));
process.on('disconnect', () => process.exit(0));

function tell(told: Told): void {
  process.send?.(told);
}

function run({ url, code, students, joinsPerSecond }: Task): void {
  const crew: BenchStudent[] = [];
  let joined = 0;
  const failed = (reason: string) => tell({ kind: 'failed', reason });
  const begun = performance.now();
  const joining = setInterval(() => {
    const due = Math.ceil(((performance.now() - begun) / 1_000) * joinsPerSecond);
    while (crew.length < Math.min(due, students)) {
      const k = crew.length;
      const lag = (k * 7) % MAX_LAG;
      crew.push(
        new BenchStudent(url, code, `Student ${k}`, lag, classroomOf(k), {
          joined: () => {
            joined += 1;
            if (joined < students) return;
            tell({ kind: 'joined', joinMs: Float64Array.from(crew, ({ joinMs }) => joinMs) });
            report(crew);
          },
          failed,
        }),
      );
    }
    if (crew.length === students) clearInterval(joining);
  }, LOOK);
}

/** Classes of 1,000 behind an address each: more from one address at once would be refused. */
function classroomOf(k: number): string {
  return `10.0.0.${Math.floor(k / 1_000) + 1}`;
}

function report(crew: readonly BenchStudent[]): void {
  const looking = setInterval(() => {
    const serverNow = Date.now();
    for (const student of crew) student.pass(serverNow);
    if (!crew.every(({ isDone }) => isDone)) return;
    clearInterval(looking);
    tell({
      kind: 'done',
      bytes: Float64Array.from(crew, ({ bytes }) => bytes),
      sent: crew.map(({ index, recorded }) => ({
        index,
        losses: recorded!.training.losses.slice(0).slice(),
        sentAt: recorded!.sentAt,
        closedAt: recorded!.closedAt,
      })),
    });
  }, LOOK);
}
