import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { MAX_REFUSALS, MESSAGE_RATES } from '../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import { createSession, startServer } from '../support.ts';
import { CODE, messages, TEACHER } from '../unit/server/messages.ts';
import { accepted, connect, PLAN, start } from './client.ts';

/** Messages of the one who floods, unless it is cut off before. */
const FLOOD = 100_000;
/** From a student's report to the instructor's page, in ms, half of the time: a tick is 100. */
const LATENCY = 500;

/** Joins in a thread of its own and floods the run as soon as it is under way. */
async function flooder(url: string, code: string) {
  const join = { version: PROTOCOL_VERSION, code, name: 'Flooder', secret: 'f'.repeat(24) };
  const worker = new Worker(new URL('./flooder.mjs', import.meta.url), {
    workerData: { url, join, messages: FLOOD },
  });
  onTestFinished(() => void worker.terminate());
  expect(await once(worker, 'message')).toEqual(['joined']);
  return { end: once(worker, 'message') as Promise<[{ sent: number; heard: string[] }]> };
}

it('[P2] [P27] a flood costs the one who sends it, and the class goes on in time', async () => {
  const { url, app, time } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const students = [await connect(url), await connect(url)];
  for (const student of students) accepted(await student.join(code, 'Calm'));
  const { end } = await flooder(url, code);
  accepted(await teacher.ask('prepare', PLAN));
  await start(teacher, time);
  await teacher.until(() => teacher.session?.phase === 'running');
  const latencies: number[] = [];
  for (let window = 0; window < 10; window++) {
    for (const [k, student] of students.entries()) {
      const sent = performance.now();
      accepted(await student.ask('losses', { run: 1, from: window, losses: [window + k] }));
      await teacher.until(() => teacher.losses(k).length > window);
      latencies.push(performance.now() - sent);
    }
  }
  const [flood] = await end;
  expect(flood.heard).toEqual(['refused']);
  // What is refused is cut off long before the end.
  expect(flood.sent).toBeGreaterThan(MESSAGE_RATES.losses.burst + MAX_REFUSALS - 1);
  latencies.sort((a, b) => a - b);
  expect(latencies[latencies.length / 2]).toBeLessThan(LATENCY);
  for (const student of students) expect(student.heard).not.toContain('disconnect');
  const states = () =>
    app.rooms
      .find(code)!
      .participants()
      .map(({ status }) => status.state);
  await expect.poll(states).toEqual(['training', 'training', 'away']);
});

it('[P1] random and mutated messages over real sockets leave the server and the class whole', async () => {
  const { url, time } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const ada = await connect(url);
  accepted(await ada.join(code, 'Ada'));
  accepted(await teacher.ask('prepare', PLAN));
  await start(teacher, time);
  await teacher.until(() => teacher.session?.phase === 'running');
  const attacked = await createSession(url);
  // What Socket.IO keeps for itself cannot be sent as an event.
  const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'error'];
  const sendable = messages.filter(({ event }) => !reserved.includes(event));
  const turns = fc.array(sendable, { minLength: 250, maxLength: 250, size: 'max' });
  const known: Record<string, string> = { [CODE]: attacked.code, [TEACHER]: attacked.secret };
  await fc.assert(
    fc.asyncProperty(turns, async (sequence) => {
      let socket = await connect(url);
      for (const { event, message } of sequence) {
        if (!socket.socket.connected) socket = await connect(url);
        const text = JSON.stringify(message, (_field, value: unknown) =>
          typeof value === 'string' ? (known[value] ?? value) : value,
        );
        // Binary travels beside the JSON, so what holds it goes as it is.
        const sent: unknown =
          /"0":/.test(text ?? '') || text === undefined ? message : JSON.parse(text);
        void socket.ask(event, sent).catch(() => null);
      }
      await Promise.race([socket.ask('time', {}), socket.until(() => !socket.socket.connected)]);
      socket.socket.disconnect();
    }),
    { numRuns: 8, endOnFailure: true },
  );
  accepted(await ada.ask('losses', { run: 1, from: 0, losses: [0.5] }));
  await teacher.until(() => teacher.losses(0).length === 1);
  expect(teacher.session?.code).toBe(code);
  const again = await connect(url);
  expect(accepted(await again.instruct(code, secret)).participants.length).toBe(1);
});
