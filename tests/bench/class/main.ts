/**
 * A whole class against the built server: `npm run --silent bench:class -- --students 300 --seconds
 * 30 --json`. The server and the class run in processes of their own; one instructor and one
 * projector read along here. Everything stays on 127.0.0.1 and ends by itself.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import { MAX_PARTICIPANTS, MAX_WINDOWS } from '../../../shared/limits.ts';
import { edgeOfStability } from '../../../shared/model/edge.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import type { Task, Told } from './crew.ts';
import { compare, mean, percentile, round } from './figures.ts';
import { Screen } from './screen.ts';
import { ServerProcess } from './server.ts';

const USAGE =
  'usage: npm run --silent bench:class -- [--students 300] [--seconds 30] [--joins 200] [--json]';

/** Loss points of each student in a second. */
const POINTS_PER_SECOND = 10;
const MAX_SECONDS = MAX_WINDOWS / POINTS_PER_SECOND;
/** Beyond the joins and the run: countdown, set-up and stragglers. */
const SPARE_SECONDS = 60;
/** What the server has acknowledged may be on its way to the screens this long. */
const LAST_POINTS_MS = 10_000;
const KB = 1_000;
const MB = 1_000_000;

interface Options {
  students: number;
  seconds: number;
  /** Joins in a second. */
  joins: number;
  json: boolean;
}

function options(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      students: { type: 'string', default: '300' },
      seconds: { type: 'string', default: '30' },
      joins: { type: 'string', default: '200' },
      json: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'students' | 'seconds' | 'joins', most: number) => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new Error(`--${name} must be a whole number from 1 to ${most}`);
  };
  return {
    students: whole('students', MAX_PARTICIPANTS),
    seconds: whole('seconds', MAX_SECONDS),
    joins: whole('joins', 10_000),
    json: values.json,
  };
}

/** A run in which every student lives to the end, so that the load is the same all the time. */
function planFor(seconds: number): RunPlan {
  return {
    settings: {
      experiment: 'linear',
      model: 'perceptron',
      seed: 1,
      steps: seconds * POINTS_PER_SECOND,
      init: { kind: 'zeros' },
    },
    pace: { kind: 'paced', stepsPerSecond: POINTS_PER_SECOND },
    rates: { kind: 'spread', from: 0.001, to: 0.95 * edgeOfStability(WORKSHOP.x) },
  };
}

async function told<Kind extends Told['kind']>(
  crew: ChildProcess,
  kind: Kind,
): Promise<Extract<Told, { kind: Kind }>> {
  const [message] = (await once(crew, 'message')) as [Told];
  if (message.kind === 'failed') throw new Error(`a student failed: ${message.reason}`);
  if (message.kind !== kind) throw new Error(`the class says ${message.kind}, not ${kind}`);
  return message as Extract<Told, { kind: Kind }>;
}

async function openSession(url: string): Promise<{ code: string; secret: string }> {
  const response = await fetch(`${url}/api/sessions`, { method: 'POST' });
  if (!response.ok) throw new Error(`no session: ${response.status}`);
  return (await response.json()) as { code: string; secret: string };
}

async function bench(server: ServerProcess, crew: ChildProcess, wanted: Options) {
  const { students, seconds, joins } = wanted;
  const windows = seconds * POINTS_PER_SECOND;
  const { code, secret } = await openSession(server.url);
  const instructor = new Screen(server.url, windows);
  const projector = new Screen(server.url, windows);
  await instructor.instruct(code, secret);
  await projector.watch(code);
  const idle = await server.read();

  server.begin();
  const task: Task = { url: server.url, code, students, joinsPerSecond: joins };
  crew.send(task);
  const { joinMs } = await told(crew, 'joined');
  const lobby = await server.read();

  await instructor.ask('prepare', planFor(seconds));
  const running = instructor.entered('running');
  const finished = instructor.entered('finished');
  await instructor.ask('command', { command: 'start' });
  await running;
  server.begin();
  const [{ bytes, sent }] = await Promise.all([told(crew, 'done'), finished]);
  const usage = await server.read();
  const points = sent.reduce((sum, { losses }) => sum + losses.length, 0);
  await Promise.all([instructor, projector].map((screen) => screen.has(points, LAST_POINTS_MS)));
  instructor.close();
  projector.close();

  const { pointsIn, pointsLost, latencies, ages } = compare(sent, instructor.received);
  const atProjector = compare(sent, projector.received);
  return {
    students,
    connected: joinMs.length,
    pointsIn,
    pointsLost,
    latencyP50Ms: round(percentile(latencies, 0.5)),
    latencyP99Ms: round(percentile(latencies, 0.99)),
    serverCpuPercent: round(usage.cpuPercent),
    serverRssMb: round(usage.rssBytes / MB),
    bytesPerStudentPerSecond: Math.round(mean(bytes) / seconds),
    eventLoopLagP99Ms: round(usage.lagP99Ms),
    ageP50Ms: round(percentile(ages, 0.5)),
    ageP99Ms: round(percentile(ages, 0.99)),
    bytesPerStudentPerSecondMax: Math.round(Math.max(...bytes) / seconds),
    bytesPerScreenPerSecond: Math.round(instructor.bytes / seconds),
    pointsLostAtProjector: atProjector.pointsLost,
    joinsPerSecond: joins,
    joinP50Ms: round(percentile(joinMs, 0.5)),
    joinMaxMs: round(Math.max(...joinMs)),
    joinCpuPercent: round(lobby.cpuPercent),
    serverRssIdleMb: round(idle.rssBytes / MB),
    serverRssLobbyMb: round(lobby.rssBytes / MB),
    kbPerStudent: round((usage.rssBytes - idle.rssBytes) / students / KB - (windows * 4) / KB),
    kbLivePerStudent: round(
      (usage.liveBytes - idle.liveBytes) / students / KB - (windows * 4) / KB,
    ),
    kbLivePerStudentInLobby: round((lobby.liveBytes - idle.liveBytes) / students / KB),
    kbPerStudentInLobby: round((lobby.rssBytes - idle.rssBytes) / students / KB),
  };
}

async function main(args: string[]): Promise<void> {
  const wanted = options(args);
  const budget = wanted.students / wanted.joins + wanted.seconds + SPARE_SECONDS;
  const crew = fork('tests/bench/class/crew.ts', {
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  let server: ServerProcess | null = null;
  const late = setTimeout(() => {
    process.stderr.write(`bench:class: not done after ${budget} s\n`);
    end(1);
  }, budget * 1_000);
  const end = (exitCode: number) => {
    clearTimeout(late);
    crew.kill();
    void Promise.resolve(server?.stop()).finally(() => process.exit(exitCode));
  };
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(143));
  try {
    server = await ServerProcess.start();
    const figures = await bench(server, crew, wanted);
    if (wanted.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else console.table(figures);
    end(0);
  } catch (error) {
    process.stderr.write(`bench:class: ${(error as Error).message}\n`);
    end(1);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench:class: ${(error as Error).message}\n${USAGE}\n`);
  process.exitCode = 2;
}
