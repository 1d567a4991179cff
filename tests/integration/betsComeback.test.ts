import { expect, it } from 'vitest';
import type { ParticipantView, Predictions } from '../../shared/protocol/views.ts';
import type { RunSettings } from '../../shared/run/settings.ts';
import { undisturbed } from '../browser/headless.ts';
import { freePort, serverProcess } from '../process.ts';
import { createSession, temporaryFolder } from '../support.ts';
import { accepted, connect, PLAN, type TestClient } from './client.ts';

/** One that is too low, one that diverges, a good one. */
const RATES = [0.01, 4, 0.5];
const SETTINGS: RunSettings = { ...PLAN.settings, steps: 60 };

/** All that the students have trained; what the server holds already changes nothing. [P13] */
async function reportAll(students: readonly TestClient[]): Promise<void> {
  for (const [k, student] of students.entries()) {
    const { losses, divergedAt } = await undisturbed(SETTINGS, RATES[k]!);
    const report = { run: 1, from: 0, losses: [...losses.slice(0)] };
    accepted(
      await student.ask('losses', { ...report, ...(divergedAt !== null && { divergedAt }) }),
    );
  }
}

async function points(client: TestClient): Promise<(string | number)[][]> {
  const { leaders } = accepted(await client.ask('predictions', {})) as unknown as Predictions;
  return leaders.map(({ name, points }) => [name, points]);
}

const bets = (participants: ParticipantView[]) => participants.map(({ bet }) => bet);

it('[P44] [P64] bets that were answered outlive kill -9, hidden before the start, and so do their points', async () => {
  const env = { DATA_DIR: temporaryFolder(), PORT: await freePort() };
  const first = await serverProcess(env);
  const { url } = first;
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const places: { index: number; secret: string }[] = [];
  const students: TestClient[] = [];
  for (const name of ['Ada', 'Bob', 'Cem']) {
    const student = await connect(url);
    students.push(student);
    places.push(accepted(await student.join(code, name)));
  }
  const rates = { kind: 'list', rates: RATES };
  accepted(await teacher.ask('prepare', { ...PLAN, settings: SETTINGS, rates, bets: true }));
  const bet = (k: number, word: string) =>
    students[k]!.ask('bet', { run: 1, rate: RATES[k], bet: word });
  accepted(await bet(1, 'good'));
  for (const ack of await Promise.all([bet(0, 'tooLow'), bet(1, 'diverged')])) accepted(ack);
  await first.stop('SIGKILL');
  const comeBack = (to: string) =>
    Promise.all(
      places.map(async ({ index, secret: proof }) => {
        const client = await connect(to);
        return { client, welcome: accepted(await client.resume(code, index, proof)) };
      }),
    );

  const second = await serverProcess(env);
  const back = await comeBack(second.url);
  const held = back.map(({ welcome }) => welcome.bet);
  expect(held).toEqual(['tooLow', 'diverged', null]);
  const desk = await connect(second.url);
  const before = accepted(await desk.instruct(code, secret));
  expect(bets(before.participants)).toEqual(['secret', 'secret', undefined]);

  accepted(await desk.ask('command', { command: 'start' }));
  await desk.until(() => desk.session?.phase === 'running');
  await reportAll(back.map(({ client }) => client));
  await desk.until(() => desk.session?.phase === 'finished');
  const scored = await points(desk);
  expect(scored).toEqual([
    ['Ada', 2],
    ['Bob', 2],
  ]);
  await second.stop('SIGKILL');

  const third = await serverProcess(env);
  const again = await connect(third.url);
  const { session, participants } = accepted(await again.instruct(code, secret));
  expect(bets(participants)).toEqual(['tooLow', 'diverged', undefined]);
  // Losses that were on their way to the disk are asked for again, by [P18].
  await reportAll((await comeBack(third.url)).map(({ client }) => client));
  await again.until(() => (again.session ?? session).phase === 'finished');
  expect(await points(again)).toEqual(scored);
});
