import { readdirSync, readFileSync } from 'node:fs';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Claim } from '../../server/rooms/verifier.ts';
import { machineTime } from '../../server/time.ts';
import { ThreadVerifier } from '../../server/verification/threadVerifier.ts';
import type { ParticipantView, RunPlan, Verdict } from '../../shared/protocol/views.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { createSession, startServer } from '../support.ts';
import { undisturbed } from '../browser/headless.ts';
import { accepted, connect, PLAN, start } from './client.ts';

const DIGITS: RunSettings = {
  experiment: 'mnist',
  model: 'softmax',
  seed: 3,
  steps: 3,
  init: { kind: 'seed' },
  images: 2_000,
  batchSize: 8,
  order: 'shuffle',
};

/** What a student sends, made of what an honest one would. */
type Reporting = (curve: { losses: number[]; evaluations: number[] }) => {
  losses: number[];
  evaluations: number[];
};

const honestly: Reporting = (curve) => curve;
const inventing: Reporting = ({ losses, evaluations }) => ({
  losses: losses.map((_, k) => Math.fround(2.3 * Math.exp(-k / 8))),
  evaluations,
});
const boasting: Reporting = ({ losses, evaluations }) => ({
  losses,
  evaluations: evaluations.map((value, k) =>
    k % 2 ? Math.fround(Math.min(1, value + 0.02)) : value,
  ),
});

/** A class over real sockets, each student with its way of reporting; what the instructor's page knows when all is replayed. */
async function classOf(
  settings: RunSettings,
  students: { name: string; reporting: Reporting; rateOf?: number }[],
) {
  const { url, time } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  const people = new Map<number, ParticipantView>();
  teacher.socket.on('roster', (changed) => {
    for (const each of changed) people.set(each.index, each);
  });
  accepted(await teacher.instruct(code, secret));
  const clients = [];
  for (const { name } of students) {
    const client = await connect(url);
    accepted(await client.join(code, name));
    clients.push(client);
  }
  const plan: RunPlan = {
    ...PLAN,
    settings,
    rates: { kind: 'list', rates: [0.1, 0.2, 0.05, 0.15] },
  };
  accepted(await teacher.ask('prepare', plan));
  await start(teacher, time);
  await teacher.until(() => teacher.session?.phase === 'running');
  for (const [k, { reporting, rateOf = k }] of students.entries()) {
    const training = await undisturbed(settings, people.get(rateOf)!.rate!);
    const { losses, evaluations } = reporting({
      losses: [...training.losses.slice(0)],
      evaluations: [...training.evaluations.slice(0)],
    });
    if (evaluations.length > 0) {
      const part = (which: number) => evaluations.filter((_, i) => i % 2 === which);
      const report = { run: 1, from: 0, losses: part(0), accuracies: part(1) };
      accepted(await clients[k]!.ask('evaluations', report));
    }
    accepted(await clients[k]!.ask('losses', { run: 1, from: 0, losses }));
  }
  const isKnown = () => students.every((_, index) => people.get(index)?.verdict);
  await teacher.until(() => teacher.session?.phase === 'finished' && isKnown());
  const order = () => teacher.frames.findLast(({ standings }) => standings)?.standings?.order;
  return { teacher, verdicts: students.map((_, index) => people.get(index)!.verdict), order };
}

describe('a cheating student', () => {
  it('[P50][P51] is found by its invented losses, borrowed losses or invented accuracy, and comes last', async () => {
    const { verdicts, order, teacher } = await classOf(DIGITS, [
      { name: 'Ada', reporting: honestly },
      { name: 'Faker', reporting: inventing },
      // Her own losses would be those of a lower rate.
      { name: 'Borrower', reporting: honestly, rateOf: 1 },
      { name: 'Boaster', reporting: boasting },
    ]);
    expect(verdicts.map((verdict) => verdict?.state)).toEqual([
      'verified',
      'refuted',
      'refuted',
      'refuted',
    ]);
    expect(verdicts[1]).toEqual({ state: 'refuted', atStep: 1 });
    expect(verdicts[3]).toEqual({ state: 'refuted', atStep: 1 });
    await teacher.until(() => order()?.[0] === 0);
    expect(order()).toEqual([0, 1, 2, 3]);
  });

  it('[P50] among thirty of the cheap model is the only one refuted', async () => {
    const students = Array.from({ length: 30 }, (_, k) => ({
      name: `S${k}`,
      reporting: k === 17 ? inventing : honestly,
    }));
    const { verdicts } = await classOf(PLAN.settings, students);
    const expected = students.map((_, k) => (k === 17 ? 'refuted' : 'verified'));
    expect(verdicts.map((verdict) => verdict?.state)).toEqual(expected);
  });
});

describe('the thread that replays', () => {
  /** A claim of `windows` losses that are right, each of many steps. */
  async function claim(
    participant: number,
    settings: RunSettings,
    windows: number,
  ): Promise<Claim> {
    const training = await undisturbed(settings, 1e-4);
    const losses = training.losses.slice(0, windows);
    return { participant, rate: 1e-4, losses, evaluations: new Float32Array(0), divergedAt: null };
  }

  function verifier(): ThreadVerifier {
    const thread = new ThreadVerifier(machineTime, pino({ level: 'silent' }));
    onTestFinished(() => thread.close());
    return thread;
  }

  const LONG: RunSettings = { ...PLAN.settings, steps: 2_000_000 };

  it('takes orders of several rooms in turn, and stops what is called off', async () => {
    const thread = verifier();
    const long = await claim(0, LONG, 1_000);
    const heard: string[] = [];
    let callOff = () => {};
    await new Promise<void>((resolve) => {
      callOff = thread.verify(
        {
          settings: LONG,
          claims: [0, 1, 2].map((participant) => ({ ...long, participant })),
          limit: 60_000,
        },
        {
          found: ({ participant }, { state }) => heard.push(`long ${participant} ${state}`),
          done: () => heard.push('long done'),
        },
      );
      const claims = [{ ...long, losses: new Float32Array(1) }];
      const short = { settings: LONG, claims, limit: 60_000 };
      thread.verify(short, {
        found: (_, { state }) => heard.push(`short ${state}`),
        done: () => {
          callOff();
          resolve();
        },
      });
    });
    expect(heard).toEqual(['long 0 verified', 'short refuted']);
    await new Promise<void>((done) => {
      thread.verify({ settings: LONG, claims: [], limit: 1 }, { found: () => {}, done });
    });
    expect(heard).toEqual(['long 0 verified', 'short refuted']);
  });

  it('leaves unchecked what does not fit into its time, and what it fails over', async () => {
    const thread = verifier();
    const long = await claim(0, LONG, 1_000);
    const found: Verdict[] = [];
    const finished = (settings: RunSettings, limit: number, claims: Claim[]) =>
      new Promise<void>((done) => {
        thread.verify(
          { settings, claims, limit },
          { found: (_, verdict) => found.push(verdict), done },
        );
      });
    await finished(LONG, 30, [long, { ...long, participant: 1 }]);
    expect(found.splice(0)).toEqual([{ state: 'unchecked' }, { state: 'unchecked' }]);
    const unheardOf = { ...LONG, experiment: 'tea leaves' } as unknown as RunSettings;
    await finished(unheardOf, 60_000, [long]);
    expect(found.splice(0)).toEqual([{ state: 'unchecked' }]);
    await finished(LONG, 60_000, [long]);
    expect(found).toEqual([{ state: 'verified' }]);
  });

  it('gives way to those that serve the class, where a thread can', async () => {
    const thread = verifier();
    const before = nicenesses().filter((nice) => nice > 0).length;
    const long = await claim(0, LONG, 1_000);
    const during = await new Promise<number[]>((found) => {
      thread.verify(
        { settings: LONG, claims: [long], limit: 60_000 },
        { found: () => found(nicenesses()), done: () => {} },
      );
    });
    const more = process.platform === 'linux' ? 1 : 0;
    expect(during.filter((nice) => nice > 0).length).toBe(before + more);
  });
});

/** The nice value of each thread of this process: the 19th field of its `stat`. */
function nicenesses(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/task').map((thread) => {
    const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').replace(/.*\) /, '');
    return Number(fields.split(' ')[16]);
  });
}
