import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { linkOf } from '../../../client/alone/aloneLink.ts';
import { MAX_ALONE_RATES } from '../../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/events.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { rateAt, rateRange } from '../../../shared/run/rates.ts';
import { launchChromium } from '../../launchChromium.ts';
import { Teacher } from '../../teacher.ts';
import { ServerProcess } from '../class/server.ts';
import { conditions, measureFirstView, type FirstView } from './firstView.ts';
import { longTasksBetween, pageTime, watchLongTasks, type LongTask } from './longTasks.ts';

/**
 * npm run bench:pages [-- --students 30] [--slower 4] [--json]
 *
 * For how long the main threads of the pages are blocked while a class trains: the built server,
 * simulated students, and in headless Chromium one page after the other: a student's phone, one on a
 * processor so many times slower, the projector and the instructor; then somebody alone who trains
 * eight models at once. Counted are the tasks of 50 ms and more. Before it, how long a student's
 * first view takes, from the link to a form that takes a nickname.
 */
const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1_280, height: 800 };
const WALL = { width: 1_920, height: 1_080 };

/** Some seconds each; the highest rates diverge. */
const RUNS: { name: string; plan: RunPlan }[] = [
  {
    name: 'line, 20 steps a second',
    plan: {
      settings: {
        ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 120 },
        init: { kind: 'zeros' },
      },
      pace: { kind: 'paced', stepsPerSecond: 20 },
      rates: { kind: 'spread', from: 0.01, to: 3 },
    },
  },
  {
    name: 'digits, softmax, 60 steps a second',
    plan: {
      settings: {
        ...{ experiment: 'mnist', model: 'softmax', seed: 1, steps: 360, init: { kind: 'zeros' } },
        ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
      },
      pace: { kind: 'paced', stepsPerSecond: 60 },
      rates: { kind: 'spread', from: 0.0003, to: 30 },
    },
  },
  {
    name: 'points, hidden layer, 60 steps a second',
    plan: {
      settings: {
        ...{ experiment: 'toy', model: 'mlp', seed: 1, steps: 360, init: { kind: 'seed' } },
        ...{ shape: 'moons', points: 200, hidden: 8, activation: 'relu' },
        ...{ batchSize: 32, order: 'shuffle' },
      },
      pace: { kind: 'paced', stepsPerSecond: 60 },
      rates: { kind: 'spread', from: 0.001, to: 30 },
    },
  },
];

/** What is drawn of the larger models costs a page most where it has eight of them. */
const ALONE = [
  ...RUNS,
  ...(['mlp', 'convnet'] as const).map((model): (typeof RUNS)[number] => ({
    name: `digits, ${model}, full speed`,
    plan: {
      settings: {
        ...{ experiment: 'mnist', model, seed: 1, steps: 120, init: { kind: 'seed' } },
        ...{ images: 10_000, batchSize: 32, order: 'shuffle' },
      },
      pace: { kind: 'race' },
      rates: { kind: 'spread', from: 0.0003, to: 30 },
    },
  })),
];

interface Row {
  run: string;
  page: string;
  /** While the run was under way, from its first step to its end, as the page saw it. */
  training: LongTask[];
  seconds: number;
}

/** A page that is looked at, by itself: each has a processor of its own in a class. */
interface Look {
  name: string;
  address: (code: string, secret: string) => string;
  viewport: { width: number; height: number };
  joins?: true;
  slower?: number;
}

const { values: options } = parseArgs({
  options: {
    students: { type: 'string', default: '30' },
    slower: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});
const students = Number(options.students);
const slower = Number(options.slower);
const OPENINGS = 9;
/** Any name but the machine's own: without https Chromium takes Brotli from that one only. */
const NAME = 'class.example';
const views = await measureViews();
const rows = await measure();
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
const load = loadavg().map((value) => value.toFixed(1));
if (options.json)
  console.log(JSON.stringify({ machine, load, students, slower, views, rows }, null, 2));
else {
  console.log(`${machine}; load ${load.join(', ')}; ${students} students`);
  console.log(`${viewTable(views)}\n\n${table(rows)}`);
}

async function measureViews(): Promise<FirstView[]> {
  const browser = await launchChromium([`--host-resolver-rules=MAP ${NAME} 127.0.0.1`]);
  const server = await ServerProcess.start();
  try {
    const { code } = (await (
      await fetch(`${server.url}/api/sessions`, { method: 'POST' })
    ).json()) as { code: string };
    const address = `http://${NAME}:${new URL(server.url).port}/${code}`;
    const all: FirstView[] = [];
    for (const condition of conditions(slower)) {
      all.push(await measureFirstView(browser, address, condition, OPENINGS));
    }
    return all;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function measure(): Promise<Row[]> {
  const student = { address: (code: string) => code, viewport: PHONE, joins: true } as const;
  const looks: Look[] = [
    { name: 'student', ...student },
    { name: `student, ${slower} times slower`, ...student, slower },
    { name: 'projector', address: (code) => `show/${code}`, viewport: WALL },
    { name: 'instructor', address: (code, secret) => `teach/${code}#${secret}`, viewport: LAPTOP },
  ];
  const browser = await launchChromium();
  const server = await ServerProcess.start();
  try {
    const all: Row[] = [];
    for (const look of looks) all.push(...(await watch(look, server.url, browser)));
    for (const { name, plan } of ALONE) all.push(await watchAlone(name, plan, server.url, browser));
    return all;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** A class of its own with this page in it, and every run once. */
async function watch(look: Look, url: string, browser: Browser): Promise<Row[]> {
  const teacher = new Teacher(url);
  const made = await fetch(`${url}/api/sessions`, { method: 'POST' });
  const { code, secret } = (await made.json()) as { code: string; secret: string };
  await teacher.ask('instruct', { version: PROTOCOL_VERSION, code, secret });
  const page = await open(browser, `${url}/${look.address(code, secret)}`, look.viewport);
  if (look.joins) await join(page, 'Ada');
  await teacher.ask('rehearse', { students: look.joins ? students - 1 : students });
  if (look.slower !== undefined) {
    const debugging = await page.context().newCDPSession(page);
    await debugging.send('Emulation.setCPUThrottlingRate', { rate: look.slower });
  }
  const rows: Row[] = [];
  for (const [k, { name, plan }] of RUNS.entries()) {
    if (k > 0) await teacher.ask('command', { command: 'next' });
    await teacher.start(plan);
    await teacher.reached('running');
    const from = await pageTime(page);
    await teacher.reached('finished');
    const to = await pageTime(page);
    const training = await longTasksBetween(page, from, to);
    rows.push({ run: name, page: look.name, training, seconds: (to - from) / 1_000 });
  }
  await teacher.ask('end', {});
  teacher.leave();
  await page.context().close();
  return rows;
}

/** The same run without a class: eight models in the browser itself. */
async function watchAlone(
  name: string,
  plan: RunPlan,
  url: string,
  browser: Browser,
): Promise<Row> {
  const { from, to } = rateRange(plan.rates);
  const rates = Array.from({ length: MAX_ALONE_RATES }, (_, k) =>
    rateAt(from, to, k / (MAX_ALONE_RATES - 1)),
  );
  const link = linkOf({ ...plan, rates: { kind: 'list', rates } });
  const page = await open(browser, `${url}/alone#${link}`, LAPTOP);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Training' }).waitFor();
  const begin = await pageTime(page);
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
  const end = await pageTime(page);
  const training = await longTasksBetween(page, begin, end);
  await page.context().close();
  return { run: name, page: 'alone, 8 models', training, seconds: (end - begin) / 1_000 };
}

async function open(
  browser: Browser,
  address: string,
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport });
  await watchLongTasks(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(address);
  return page;
}

async function join(page: Page, name: string): Promise<void> {
  await page.getByLabel('Nickname').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText('You are in').waitFor();
}

function viewTable(all: readonly FirstView[]): string {
  const lines = all.map(({ name, paintedMs, usableMs, slowestMs, bytes }) =>
    [name, ...[paintedMs, usableMs, slowestMs].map((ms) => ms.toFixed(0)), String(bytes)].join(
      ' | ',
    ),
  );
  return [
    '| first view of a student | painted ms | usable ms | slowest | bytes |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

function table(all: readonly Row[]): string {
  const head = ['run', 'page', 'seconds', 'long tasks', 'longest ms'];
  const lines = all.map(({ run, page, training, seconds }) => [
    ...[run, page, seconds.toFixed(1), String(training.length)],
    training.length === 0 ? '–' : Math.max(...training.map(({ ms }) => ms)).toFixed(0),
  ]);
  const rule = ['---', '---', '---:', '---:', '---:'];
  return [head, rule, ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
